// SPDX-License-Identifier: Apache-2.0
import Foundation

extension DataFolder {
    /// Whether somebody has signed up to this folder's Daybook, as its database says; nothing is locked or changed.
    ///
    /// A folder or a database that is not there yet has nobody.
    ///
    /// - Throws: ``FolderRefused``, ``FileTrouble``, or the database's own error when it can't be read.
    package func hasPeople() throws -> Bool {
        guard try isReachable(for: .reading), FileManager.default.fileExists(atPath: databasePath),
            try OpenFile(databasePath, .read).size() > 0
        else { return false }
        return try looking { isAlone in
            let sql = try ReadOnlyDatabase(path: databasePath, isAlone: isAlone)
            // A database of an earlier version has no such table yet.
            return try sql.hasTable("people") && sql.hasPeople()
        }
    }
}
