// SPDX-License-Identifier: Apache-2.0
import GRDB

/// An act of the database failed.
///
/// The words are for the person who runs the server; they contain no SQL and no values.
package struct StorageFailure: Error, Equatable, Sendable, CustomStringConvertible {
    package enum Cause: Equatable, Sendable {
        case diskFull
        /// The disk did not confirm a write. What is on it is uncertain until the next start.
        case syncFailed
        case inputOutput
        case readOnly
        case damaged
        case cannotOpen
        case lockedByAnother
        case outOfMemory
        case madeByNewerVersion
        /// The open file is no longer the one at its path.
        case vanished
        /// A rule of the schema refused it: an error of Daybook's own.
        case refusedByRule
        case other(code: Int32)
    }

    package let cause: Cause

    package init(_ cause: Cause) { self.cause = cause }

    init(_ error: DatabaseError) {
        if error.extendedResultCode == .SQLITE_IOERR_FSYNC || error.extendedResultCode == .SQLITE_IOERR_DIR_FSYNC {
            self.init(.syncFailed)
            return
        }
        switch error.resultCode {
        case .SQLITE_FULL: self.init(.diskFull)
        case .SQLITE_IOERR: self.init(.inputOutput)
        case .SQLITE_READONLY, .SQLITE_PERM: self.init(.readOnly)
        case .SQLITE_CORRUPT, .SQLITE_NOTADB: self.init(.damaged)
        case .SQLITE_CANTOPEN: self.init(.cannotOpen)
        case .SQLITE_BUSY, .SQLITE_LOCKED: self.init(.lockedByAnother)
        case .SQLITE_NOMEM: self.init(.outOfMemory)
        case .SQLITE_CONSTRAINT: self.init(.refusedByRule)
        default: self.init(.other(code: error.extendedResultCode.rawValue))
        }
    }

    package var description: String {
        switch cause {
        case .diskFull:
            "The disk that holds Daybook's database is full; nothing was changed. Free some space and try again."
        case .syncFailed:
            """
            The disk did not confirm a write to Daybook's database, so nothing more is written. Check the disk, \
            then start Daybook again.
            """
        case .inputOutput:
            "Daybook's database could not be read or written; nothing was changed. Check the disk and its cables."
        case .readOnly:
            "Daybook may not write to its database. Give its user the right to write in the data folder."
        case .damaged:
            """
            Daybook's database is damaged. Stop Daybook, keep a copy of the data folder, and restore the latest backup.
            """
        case .cannotOpen:
            "Daybook's database can't be opened. Check that the data folder is there and belongs to Daybook's user."
        case .lockedByAnother:
            "Another program keeps Daybook's database locked. Close whatever has the file open and try again."
        case .outOfMemory:
            "There was not enough memory for the database; nothing was changed. Give the machine more, or restart."
        case .madeByNewerVersion:
            """
            Daybook's database was last used by a newer version of Daybook. Start that version, or restore a backup \
            from before the update. Nothing was changed.
            """
        case .vanished:
            """
            Daybook's data folder, or a file in it, was removed or replaced while Daybook ran. What came in since then \
            was not acknowledged. Put the folder back, or restore the latest backup, then start Daybook again.
            """
        case .refusedByRule:
            "A rule of the database refused the change and nothing was changed. Please report this as a bug."
        case .other(let code):
            "The database failed (SQLite code \(code)); nothing was changed. Please report this as a bug."
        }
    }
}
