// SPDX-License-Identifier: Apache-2.0

/// Daybook does not start: without the right key the stored secrets can't be read, and with a new key they would be
/// lost.
package struct KeyRefused: Error, Equatable, Sendable, CustomStringConvertible {
    package enum Cause: Equatable, Sendable {
        case missing
        case otherKey
        case unreadable
        case openToOthers
    }

    package let cause: Cause

    package init(_ cause: Cause) { self.cause = cause }

    package var description: String {
        switch cause {
        case .missing:
            """
            The data folder has a database but no daybook.key, and without it the stored connection can't be read. \
            Put the key file back from where you keep it apart from the backups. If it is lost, move the database \
            and tokens.journal away, start Daybook, and press Connect to QuickBooks.
            """
        case .otherKey:
            """
            The daybook.key in the data folder is not the one that this database was sealed with. Put back the key \
            file that belongs to it. Nothing was changed.
            """
        case .unreadable:
            """
            The daybook.key in the data folder is not a Daybook key: it was cut short or edited, or Daybook's user \
            may not read it. Put it back from your copy. Nothing was changed.
            """
        case .openToOthers:
            """
            Other users of this machine can read daybook.key. Make it private with “chmod 400 daybook.key” in the \
            data folder, then start again.
            """
        }
    }
}
