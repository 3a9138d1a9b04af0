// SPDX-License-Identifier: Apache-2.0

/// Files beside an empty database which show that there was another.
package struct Remains: Equatable, Sendable {
    let hasAppliedGrants: Bool
    /// 0 when no document was ever sent from this folder.
    let epoch: Int64

    var areAny: Bool { hasAppliedGrants || epoch > 0 }

    var words: String {
        switch (hasAppliedGrants, epoch > 0) {
        case (true, true):
            "tokens.journal holds the tokens of a connection and daybook.epoch says that documents were sent"
        case (true, false): "tokens.journal holds the tokens of a connection"
        case (false, _): "daybook.epoch says that documents were sent"
        }
    }
}

/// The database is gone or empty although this folder was in use.
package struct DatabaseMissing: Error, Equatable, Sendable, CustomStringConvertible {
    package enum Cause: Sendable { case missing, empty }

    package let cause: Cause
    package let remains: Remains

    init(_ cause: Cause, _ remains: Remains) {
        self.cause = cause
        self.remains = remains
    }

    package var description: String {
        let what =
            switch cause {
            case .missing: "There is no database (daybook.db) in this data folder"
            case .empty: "The database (daybook.db) in this data folder is empty"
            }
        return """
            \(what), although \(remains.words). An empty Daybook would post again what was posted before. Put your \
            latest backup of daybook.db back into the folder and start again; Daybook then compares it with QuickBooks \
            by itself. If you have no backup, start once with --start-empty: Daybook begins with an empty queue, asks \
            you to connect and to enter account numbers anew, and looks up every document in QuickBooks before it \
            sends it, for 30 days. Nothing was changed.
            """
    }
}
