// SPDX-License-Identifier: Apache-2.0
package import Daybook
package import Foundation
import GRDB

/// A copy of the database in one file, made while Daybook works and checked before it gets its name.
///
/// Secrets stay sealed in it: neither the key nor the token journal nor the epoch file is part of a backup.
package struct DatabaseBackup: Equatable, Sendable {
    package let path: String
    package let bytes: Int

    /// Copies the database of a data folder as it is at this moment.
    ///
    /// It only reads, so it may run beside a server that works in the folder. Blocks.
    ///
    /// - Parameters:
    ///   - target: The folder for the backup; made if need be.
    ///   - origin: What makes it; the file says so.
    ///   - progress: Is told of the part that is copied, from 0 to 1.
    /// - Throws: ``BackupRefused``, ``FileTrouble`` or ``StorageFailure``; a copy that was begun is removed.
    package static func make(
        of folder: DataFolder, into target: String, at moment: Date, origin: KeptBackup.Origin = .command,
        progress: @escaping (Double) -> Void = { _ in }
    ) throws -> DatabaseBackup {
        guard FileManager.default.fileExists(atPath: folder.databasePath) else {
            throw BackupRefused(.noDatabase(folder: folder.path))
        }
        let draft = try BackupDraft(BackupName(moment), in: target)
        do {
            try translatingFailures {
                try folder.looking { try copy(folder.databasePath, isAlone: $0, to: draft.path, origin, progress) }
            }
            return try draft.finished()
        } catch {
            draft.discard()
            throw error
        }
    }

    /// Keeps a backup that another Daybook made, under its name, once it has been checked.
    ///
    /// - Parameters:
    ///   - name: As the other Daybook names it.
    ///   - target: The folder for the backup; made if need be.
    ///   - fill: Is given the path of an empty file, private to this user, and writes the backup into it.
    /// - Throws: ``BackupRefused``, ``FileTrouble`` or ``StorageFailure``, or what `fill` throws; what had arrived is
    ///   removed.
    package static func receive(
        _ name: String, into target: String, fill: (String) async throws -> Void
    ) async throws -> DatabaseBackup {
        // The name becomes part of a path, so only a backup's name will do.
        guard let known = BackupName(file: name) else { throw BackupRefused(.notDaybooks(name)) }
        let draft = try BackupDraft(known, in: target)
        do {
            try await fill(draft.path)
            return try draft.finished()
        } catch {
            draft.discard()
            throw error
        }
    }

    private static func copy(
        _ source: String, isAlone: Bool, to draft: String, _ origin: KeptBackup.Origin,
        _ progress: @escaping (Double) -> Void
    ) throws {
        let from = try DatabaseQueue.onlyReading(source, isAlone: isAlone, SQLiteSettings.configuration)
        let to = try DatabaseQueue(path: draft)
        // One snapshot for the whole copy, so that writes meanwhile are not seen and do not begin it again.
        try from.backup(to: to, pagesPerStep: 2_000) { step in
            progress(step.totalPageCount == 0 ? 1 : Double(step.completedPageCount) / Double(step.totalPageCount))
        }
        // One file, without a log beside it.
        try to.writeWithoutTransaction {
            try $0.execute(sql: "PRAGMA journal_mode = DELETE; PRAGMA user_version = \(origin.mark)")
        }
        try to.close()
        try from.close()
    }
}

/// Whether a file is a whole database of Daybook's.
enum BackupCheck {
    /// - Throws: ``BackupRefused``.
    static func run(_ path: String) throws {
        try refuseForeign(path)
        let queue = try DatabaseQueue.onlyReading(path, isAlone: true)
        defer { try? queue.close() }  // it was only read, so a failing close loses nothing
        try queue.read { database in
            let found = try String.fetchAll(database, sql: "PRAGMA integrity_check(3)")
            guard found == ["ok"] else { throw BackupRefused(.damaged(path, found.first ?? "no answer")) }
            guard try Row.fetchOne(database, sql: "PRAGMA foreign_key_check") == nil else {
                throw BackupRefused(.damaged(path, "a row refers to one that is not there"))
            }
            guard try !Migrations.isNewer(database) else { throw BackupRefused(.newerVersion(path)) }
        }
    }

    /// - Throws: ``BackupRefused`` for a file that is no database of Daybook's, or is none at all.
    static func refuseForeign(_ path: String, isAlone: Bool = true) throws {
        do {
            try ForeignDatabase.refuse(path, isAlone: isAlone)
        } catch is ForeignDatabase {
            throw BackupRefused(.notDaybooks(path))
        } catch let error as DatabaseError where error.resultCode == .SQLITE_NOTADB {
            throw BackupRefused(.notDaybooks(path))
        } catch let error as DatabaseError where error.resultCode == .SQLITE_CORRUPT {
            throw BackupRefused(.damaged(path, "its first pages can't be read"))
        }
        guard try OpenFile(path, .read).size() > 0 else { throw BackupRefused(.notDaybooks(path)) }
    }
}
