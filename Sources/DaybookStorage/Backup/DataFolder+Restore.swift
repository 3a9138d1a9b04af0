// SPDX-License-Identifier: Apache-2.0
package import Foundation
import GRDB

extension DataFolder {
    /// What a restore has done.
    package struct Restored: Equatable, Sendable {
        /// Where the database that was there before is now; nil when there was none.
        package let formerDatabase: String?
    }

    /// Puts a backup in the place of a data folder's database.
    ///
    /// The next start notices that the database is older than what was sent, and compares it with QuickBooks before it
    /// sends anything. Everybody has to sign in again: sessions and links that were ended since the backup would be
    /// good again otherwise. Blocks.
    ///
    /// - Parameters:
    ///   - key: The key file that belongs to the backup; nil when it is in the folder.
    ///   - replaces: Whether a database that is there may be replaced.
    /// - Throws: ``BackupRefused``, ``KeyRefused``, ``FolderInUse``, ``FileTrouble`` or ``StorageFailure``; the folder's
    ///   database is as it was.
    package func restore(
        _ backup: String, key: String?, replaces: Bool, at moment: Date, progress: @escaping (Double) -> Void = { _ in }
    ) throws -> Restored {
        guard FileManager.default.fileExists(atPath: backup) else { throw BackupRefused(.missing(backup)) }
        try make()
        let lock = try FolderLock(path: lockPath)
        defer { withExtendedLifetime(lock) {} }
        let isThere = FileManager.default.fileExists(atPath: databasePath)
        guard replaces || !isThere else { throw BackupRefused(.databaseThere(folder: path)) }
        let given = try key.map { try KeyFile(path: $0).read() }
        let sealer = try sealer(given)
        let draft = databasePath + ".restoring"
        try Self.removeDatabase(draft)
        do {
            try translatingFailures { try Self.prepare(backup, as: draft, sealer, progress) }
            if let key, !KeyFile(path: keyPath).isThere { try Self.copyKey(key, to: keyPath) }
            let former = isThere ? try setAside(at: moment) : nil
            try OpenFile.rename(draft, to: databasePath)
            try OpenFile.syncFolder(of: databasePath)
            return Restored(formerDatabase: former)
        } catch {
            // The first error counts; the draft is removed by the next attempt.
            try? Self.removeDatabase(draft)
            throw error
        }
    }

    private func sealer(_ given: Sealer?) throws -> Sealer {
        let kept = KeyFile(path: keyPath)
        guard kept.isThere else {
            guard let given else { throw BackupRefused(.keyMissing) }
            return given
        }
        let sealer = try kept.read()
        guard given == nil || given?.keyID == sealer.keyID else { throw BackupRefused(.anotherKeyThere) }
        return sealer
    }

    private static func prepare(
        _ backup: String, as draft: String, _ sealer: Sealer, _ progress: @escaping (Double) -> Void
    ) throws {
        try BackupCheck.run(backup)
        _ = try OpenFile(draft, .create(mode: 0o600))
        var reading = Configuration()
        reading.readonly = true
        let from = try DatabaseQueue(path: backup, configuration: reading)
        let to = try DatabaseQueue(path: draft)
        try from.backup(to: to, pagesPerStep: 2_000) { step in
            progress(step.totalPageCount == 0 ? 1 : Double(step.completedPageCount) / Double(step.totalPageCount))
        }
        try from.close()
        try to.write { database in
            do {
                try SealCheck(sealer: sealer).run(SQLiteConnection(database: database))
            } catch is KeyRefused {
                throw BackupRefused(.otherKey(backup))
            }
            for table in ["sessions", "one_time_links"] where try database.tableExists(table) {
                try database.execute(sql: "DELETE FROM \(table)")
            }
        }
        try to.writeWithoutTransaction { try $0.execute(sql: "PRAGMA journal_mode = DELETE") }
        try to.close()
        try BackupCheck.run(draft)
        try OpenFile(draft, .update).sync()
    }

    private static func copyKey(_ source: String, to path: String) throws {
        let bytes = try OpenFile(source, .read).readAll()
        let file = try OpenFile(path, .create(mode: 0o400))
        try file.write(bytes, at: 0)
        try file.sync()
        try OpenFile.syncFolder(of: path)
    }

    /// Moves the database with its log, which belongs to it.
    private func setAside(at moment: Date) throws -> String {
        let aside =
            databasePath + ".before-" + BackupName(moment).time
        for suffix in ["-wal", "-shm", ""] where FileManager.default.fileExists(atPath: databasePath + suffix) {
            try OpenFile.rename(databasePath + suffix, to: aside + suffix)
        }
        return aside
    }

    private static func removeDatabase(_ path: String) throws {
        for suffix in ["-wal", "-shm", "-journal", ""] { try OpenFile.removeIfThere(path + suffix) }
    }
}
