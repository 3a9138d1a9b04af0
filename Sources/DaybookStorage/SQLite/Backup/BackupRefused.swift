// SPDX-License-Identifier: Apache-2.0

/// A backup can't be made or restored; nothing was changed.
package struct BackupRefused: Error, Equatable, Sendable, CustomStringConvertible {
    package enum Cause: Equatable, Sendable {
        case noDatabase(folder: String)
        case nameTaken(String)
        case missing(String)
        case notDaybooks(String)
        case damaged(String, String)
        case newerVersion(String)
        case databaseThere(folder: String)
        case keyMissing
        case otherKey(String)
    }

    package let cause: Cause

    package init(_ cause: Cause) { self.cause = cause }

    package var description: String {
        switch cause {
        case .noDatabase(let folder):
            "There is no database in \(folder), so there is nothing to back up. Name the data folder with --data-dir."
        case .nameTaken(let path): "\(path) is there already. Wait a second and try again."
        case .missing(let path): "There is no file \(path). Name a backup that `daybook backup` has made."
        case .notDaybooks(let path):
            "\(path) is not a backup of Daybook's. Name a file that `daybook backup` has made, daybook-….db. Nothing was changed."
        case .damaged(let path, let what):
            "\(path) is damaged (\(what)). Use another backup. Nothing was changed."
        case .newerVersion(let path):
            "\(path) was made by a newer version of Daybook. Install that version or a later one. Nothing was changed."
        case .databaseThere(let folder):
            """
            There is a database in \(folder) already. To put the backup in its place, add --yes: the database that is \
            there is kept beside it under another name. Nothing was changed.
            """
        case .keyMissing:
            """
            A backup holds no key. Put daybook.key, which you keep apart from the backups, into the data folder, or name \
            it with --key. Nothing was changed.
            """
        case .otherKey(let path):
            """
            \(path) was sealed under another key than this one: it is a backup of another Daybook, or from before the key \
            was rotated. Name the daybook.key that belongs to it with --key. Nothing was changed.
            """
        }
    }
}
