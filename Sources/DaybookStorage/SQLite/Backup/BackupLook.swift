// SPDX-License-Identifier: Apache-2.0
import Daybook
import Foundation
import GRDB

/// What a backup is, before anything is done with it; it is only read.
struct BackupLook {
    let sealer: Sealer

    /// By its first pages: all of a file was checked when it was made, so a list does not read all of each again.
    func fitness(of path: String) -> KeptBackup.Fitness {
        do {
            try BackupCheck.refuseForeign(path)
            return try reading(path) { database in
                guard try !Migrations.isNewer(database) else { return .newerVersion }
                return try isSealedUnderOurs(database) ? .restorable : .otherKey
            }
        } catch {
            // A file that can't be read can't be restored, whatever the reason.
            return .unreadable
        }
    }

    /// Reads all of it.
    ///
    /// - Returns: Whether somebody had signed up when it was made.
    /// - Throws: ``BackupRefused`` for a file that is damaged, newer, no backup, or sealed under another key.
    func check(_ path: String) throws -> Bool {
        guard FileManager.default.fileExists(atPath: path) else { throw BackupRefused(.missing(path)) }
        try BackupCheck.run(path)
        return try reading(path) { database in
            guard try isSealedUnderOurs(database) else { throw BackupRefused(.otherKey(path)) }
            // A database of an earlier version has no such table yet.
            return try database.tableExists("people") && SQLiteConnection(database: database).hasPeople()
        }
    }

    private func reading<Value>(_ path: String, _ body: (Database) throws -> Value) throws -> Value {
        let queue = try DatabaseQueue.onlyReading(path, isAlone: true)
        defer { try? queue.close() }  // it was only read, so a failing close loses nothing
        return try queue.read(body)
    }

    private func isSealedUnderOurs(_ database: Database) throws -> Bool {
        do {
            try SealCheck(sealer: sealer).check(SQLiteConnection(database: database))
            return true
        } catch is KeyRefused {
            return false
        }
    }
}
