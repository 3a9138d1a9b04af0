// SPDX-License-Identifier: Apache-2.0
import Foundation
import GRDB

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
        var configuration = Configuration()
        configuration.readonly = true
        let queue = try DatabaseQueue(path: databasePath, configuration: configuration)
        defer { try? queue.close() }  // it was only read, so a failing close loses nothing
        return try queue.read { database in
            // A database of an earlier version has no such table yet.
            guard try database.tableExists("people") else { return false }
            return try Bool.fetchOne(database, sql: "SELECT EXISTS (SELECT 1 FROM people)") ?? false
        }
    }
}
