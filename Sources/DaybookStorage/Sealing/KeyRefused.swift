// SPDX-License-Identifier: Apache-2.0

/// Daybook does not start: without the right key the stored secrets can't be read, and with a new key they would be
/// lost.
package struct KeyRefused: Error, Equatable, Sendable, CustomStringConvertible {
    package enum Cause: Error, Equatable, Sendable {
        case missing
        case otherKey
        case unreadable
        case wrongLength(digits: Int)
        case openToOthers
    }

    /// Where the key was looked for.
    package enum Place: Equatable, Sendable {
        /// `daybook.key` in the data folder.
        case folder
        case file(String)
        case credential(String)
        case command

        /// As the subject of a sentence.
        package var words: String {
            switch self {
            case .folder: "The daybook.key in the data folder"
            case .file(let path): "The key file \(path)"
            case .credential(let path): "The systemd credential \(path)"
            case .command: "What the key command prints"
            }
        }
    }

    package let cause: Cause
    package let place: Place

    package init(_ cause: Cause, at place: Place = .folder) {
        self.cause = cause
        self.place = place
    }

    package var description: String {
        switch cause {
        case .missing: missing
        case .otherKey:
            """
            \(place.words) is not the key that this database was sealed with. Put back the key that belongs to it. \
            Nothing was changed.
            """
        case .unreadable:
            """
            \(place.words) is not a Daybook key: it was cut short or edited, or Daybook's user may not read it. Put it \
            back from your copy. Nothing was changed.
            """
        case .wrongLength(let digits):
            """
            \(place.words) has a key of \(digits) hex digits; a Daybook key has 64. Put it back from your copy. Nothing \
            was changed.
            """
        case .openToOthers: openToOthers
        }
    }

    private var missing: String {
        guard place == .folder else {
            return """
                \(place.words) is not there, and without it the stored connection can't be read. Put the key there, or \
                name where it is. Nothing was changed.
                """
        }
        return """
            The data folder has a database but no daybook.key, and without it the stored connection can't be read. \
            Put the key file back from where you keep it apart from the backups. If it is lost, move the database \
            and tokens.journal away, start Daybook, and press Connect to QuickBooks.
            """
    }

    private var openToOthers: String {
        switch place {
        case .folder, .command:
            """
            Other users of this machine can read daybook.key. Make it private with “chmod 400 daybook.key” in the \
            data folder, then start again.
            """
        case .file(let path), .credential(let path):
            """
            Other users of this machine can read the key file \(path). Make it private with “chmod 400 \(path)”, then \
            start again.
            """
        }
    }
}
