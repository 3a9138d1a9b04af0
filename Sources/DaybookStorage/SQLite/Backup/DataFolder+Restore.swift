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
    ///   - key: The key file that belongs to the backup; nil when the folder's own does. What is sealed under another
    ///     key than the folder's is sealed again under that one.
    ///   - source: Where the folder's key comes from; nil for `daybook.key` in the folder.
    ///   - replaces: Whether a database that is there may be replaced.
    /// - Throws: ``BackupRefused``, ``KeyRefused``, ``FolderInUse``, ``FileTrouble`` or ``StorageFailure``; the
    ///   folder's database is as it was.
    package func restore(
        _ backup: String, key: String?, from source: KeySource? = nil, replaces: Bool, at moment: Date,
        progress: @escaping (Double) -> Void = { _ in }
    ) throws -> Restored {
        guard FileManager.default.fileExists(atPath: backup) else { throw BackupRefused(.missing(backup)) }
        try make()
        let lock = try FolderLock(path: lockPath)
        defer { withExtendedLifetime(lock) {} }
        let isThere = FileManager.default.fileExists(atPath: databasePath)
        guard replaces || !isThere else { throw BackupRefused(.databaseThere(folder: path)) }
        let own = source ?? usualKey
        let keys = try keys(own, given: try key.map { try KeyFile(path: $0, kind: .configured).read() })
        let draft = databasePath + ".restoring"
        try Self.removeDatabase(draft)
        do {
            try translatingFailures { try Self.prepare(backup, as: draft, Sealer(keys), progress) }
            if case .file(let file) = own, !file.isThere { try file.replace(with: keys) }
            return Restored(formerDatabase: try replace(by: draft, isThere: isThere, at: moment))
        } catch {
            // The first error counts; the draft is removed by the next attempt.
            try? Self.removeDatabase(draft)
            throw error
        }
    }

    private func keys(_ own: KeySource, given: DataKeys?) throws -> DataKeys {
        guard own.isThere else {
            guard let given else { throw BackupRefused(.keyMissing) }
            return given
        }
        return try own.read().adding(former: given?.all ?? [])
    }

    private static func prepare(
        _ backup: String, as draft: String, _ sealer: Sealer, _ progress: @escaping (Double) -> Void
    ) throws {
        try BackupCheck.run(backup)
        _ = try OpenFile(draft, .create(mode: 0o600))
        let from = try DatabaseQueue.onlyReading(backup, isAlone: true)
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
        }
        // What can't be brought up to date is refused while the former database is still in its place.
        try Migrations.bringUpToDate(to, SealCheck(sealer: sealer))
        try sealAgain(to, sealer)
        try to.write { database in
            for table in ["sessions", "one_time_links"] where try database.tableExists(table) {
                try database.execute(sql: "DELETE FROM \(table)")
            }
        }
        try to.writeWithoutTransaction {
            try $0.execute(sql: "PRAGMA journal_mode = DELETE; PRAGMA user_version = 0")
        }
        try to.close()
        try BackupCheck.run(draft)
        try OpenFile(draft, .update).sync()
    }

    /// Seals under the current key what was sealed under one before it, so that nothing needs that one any more.
    private static func sealAgain(_ draft: DatabaseQueue, _ sealer: Sealer) throws {
        let isUnderFormer = try draft.read { database in
            var row = try SQLiteConnection(database: database).row("SELECT count(*) FROM sealing_keys")
            return try row?.integer() != 1
        }
        guard isUnderFormer else { return }
        try draft.write { database in
            let (sql, resealing) = (SQLiteConnection(database: database), Resealing(sealer: sealer))
            _ = try resealing.run(sql, atMost: .max)
            try resealing.end(sql)
        }
    }

    static func removeDatabase(_ path: String) throws {
        for suffix in ["-wal", "-shm", "-journal", ""] { try OpenFile.removeIfThere(path + suffix) }
    }
}
