// SPDX-License-Identifier: Apache-2.0
package import Daybook
package import Foundation
import GRDB
import Synchronization

/// The storage port over SQLite: one connection writes and checkpoints, two only read.
package final class SQLiteStorage: RelationalStorage {
    package enum Location: Sendable, Equatable {
        case file(String)
        /// A database in memory, which ends with the storage.
        case memory
    }

    package let sealer: Sealer
    package let search: any ExportSearch = FTS5Search()
    private let database: any DatabaseWriter
    private let location: Location
    /// Held as long as the storage exists, because the database must not be used without it.
    private let lock: FolderLock?
    /// Nil for a database in memory, which can't be restored.
    private let epochFile: EpochFile?
    private let condition: FolderCondition?
    /// Whether the disk failed to confirm a write; then it is not certain what later writes build on.
    private let hasFailedToSync = Mutex(false)
    private let commits = CommitQueue()

    /// Opens or makes the database, brings its schema up to date and checks that the key is its key.
    ///
    /// - Parameters:
    ///   - lock: The right to the database's folder, held for as long as this storage.
    ///   - epochFile: Holds the largest epoch that was committed.
    ///   - condition: Notes writes that fail, and checks whether the files are still in their place.
    ///   - keyPlace: Where the key came from, for the words of a refusal.
    /// - Throws: ``StorageFailure``; ``KeyRefused`` when its secrets were sealed under another key.
    package init(
        at location: Location, sealer: Sealer, lock: FolderLock? = nil, epochFile: EpochFile? = nil,
        condition: FolderCondition? = nil, keyPlace: KeyRefused.Place = .folder
    ) throws {
        self.sealer = sealer
        self.lock = lock
        self.epochFile = epochFile
        self.condition = condition
        self.location = location
        let check = SealCheck(sealer: sealer, place: keyPlace)
        database = try translatingFailures {
            let database = try Self.open(location)
            try Migrations.bringUpToDate(database, check)
            return database
        }
        try translatingFailures {
            try database.write { try check.run(SQLiteConnection(database: $0)) }
            if location != .memory { try FormerValues.erase(from: database) }
        }
    }

    /// Looks into the database's file before a key is asked for or anything is written.
    ///
    /// - Throws: ``ForeignDatabase`` when it is another program's; ``StorageFailure``.
    static func check(_ path: String) throws { try translatingFailures { try ForeignDatabase.refuse(path) } }

    /// Waits for what is under way, then writes the WAL back and closes.
    ///
    /// Only for an orderly stop. A WAL that can't be written back stays beside the database, whole, and the next start
    /// reads it.
    ///
    /// - Throws: ``StorageFailure``; the database is closed all the same.
    package func close() throws {
        // Closing leaves the WAL where it is, because readers may not write it back.
        let writingBack = Result {
            try translatingFailures { _ = try database.writeWithoutTransaction { try $0.checkpoint(.truncate) } }
        }
        try translatingFailures { try database.close() }
        try writingBack.get()
    }

    /// Unlike GRDB's own asynchronous accesses, this is carried out even if the task is cancelled, as during a
    /// shutdown.
    package func transact<Value: Sendable>(
        isAlone: Bool, _ body: @escaping @Sendable (any SQLConnection) throws -> Value
    ) async throws -> Value {
        guard !hasFailedToSync.withLock({ $0 }) else { throw StorageFailure(.syncFailed) }
        do {
            let value = try await withCheckedThrowingContinuation { continuation in
                let write = CommitQueue.Write(
                    isAlone: isAlone,
                    run: { [self] sql in
                        // The sync of an earlier write of the queue may have failed.
                        guard !hasFailedToSync.withLock({ $0 }) else { throw StorageFailure(.syncFailed) }
                        let value = try body(sql)
                        return { continuation.resume(returning: value) }
                    },
                    fail: { [self] error in
                        let failure = StorageFailure.translating(error)
                        // Before the next write of the queue is run.
                        if (failure as? StorageFailure)?.cause == .syncFailed { hasFailedToSync.withLock { $0 = true } }
                        continuation.resume(throwing: failure)
                    })
                if commits.add(write) { askWriter() }
            }
            // Checked after the commit: a write to a file that was removed or replaced must not be acknowledged.
            try condition?.checkInPlace()
            return value
        } catch let failure as StorageFailure {
            condition?.note(failure)
            throw failure
        }
    }

    private func askWriter() {
        database.asyncWriteWithoutTransaction { [self] database in
            if commits.commit(in: database) { askWriter() }
        }
    }

    package func keep(epoch: Int64) async throws {
        do {
            try await epochFile?.keep(epoch)
        } catch {
            condition?.note(error)
            throw error
        }
    }

    /// Writes one page and changes nothing.
    ///
    /// - Throws: ``StorageFailure`` when nothing can be written.
    func tryWriting() async throws {
        // Nothing reads this number; setting it writes the first page, whatever it was before.
        try await transact(isAlone: false) { sql in _ = try sql.run("PRAGMA user_version = 0", []) }
    }

    /// Waits until every read that began before has ended, and writes the log back into the database, so that nothing
    /// is left of values that were replaced.
    ///
    /// - Throws: ``StorageFailure``.
    package func waitForReaders() async throws {
        try await withCheckedThrowingContinuation { (continuation: CheckedContinuation<Void, any Error>) in
            database.asyncBarrierWriteWithoutTransaction { [location] access in
                continuation.resume(
                    with: Result {
                        try translatingFailures {
                            let database = try access.get()
                            if location != .memory { _ = try database.checkpoint(.truncate) }
                        }
                    })
            }
        }
    }

    /// Asks the epoch file whether the database is a restored copy, writes that down, and brings the file up to date.
    ///
    /// To be called once, before anything is sent.
    ///
    /// - Returns: What was noticed; nil when nothing was.
    @discardableResult
    package func checkEpoch(startsEmpty: Bool = false, at: Date) async throws -> CopyNotice? {
        guard let epochFile else { return nil }
        let epoch = try await epoch()
        let noticed =
            startsEmpty
            ? CopyNotice(sign: .startedEmpty, missingEnvelopes: max(0, epochFile.foundEpoch - epoch))
            : CopyWitness.notice(databaseEpoch: epoch, file: epochFile.reading)
        guard let noticed else {
            try await epochFile.keep(epoch)
            return nil
        }
        try await notice(noticed, at: at)
        return noticed
    }

    /// Whether nothing was ever entered or sent, and no notice of a restored copy is stored.
    ///
    /// Blocks; for the start of a process.
    package func isEmpty() throws -> Bool {
        try translatingFailures {
            try database.read { database in
                let rows = try SQLiteConnection(database: database).rows(
                    """
                    SELECT 1 WHERE EXISTS (SELECT 1 FROM transactions) OR EXISTS (SELECT 1 FROM exports)
                        OR EXISTS (SELECT 1 FROM apps) OR EXISTS (SELECT 1 FROM connection_notes)
                        OR EXISTS (SELECT 1 FROM restored_copies)
                    """, [])
                return rows.isEmpty
            }
        }
    }

    private func epoch() async throws -> Int64 {
        try await read { sql in
            guard var row = try sql.row("SELECT epoch FROM copy_epoch WHERE id = 1") else {
                throw StoredValueUnreadable(what: "the database has no epoch")
            }
            return try row.integer()
        }
    }

    package func read<Value: Sendable>(
        _ body: @escaping @Sendable (any SQLConnection) throws -> Value
    ) async throws -> Value {
        try await withCheckedThrowingContinuation { continuation in
            // One connection for all: switching it to reading and back would compile each statement anew.
            guard location != .memory else {
                return database.asyncWriteWithoutTransaction { database in
                    continuation.resume(
                        with: Result { try translatingFailures { try body(SQLiteConnection(database: database)) } })
                }
            }
            database.asyncRead { access in
                continuation.resume(
                    with: Result { try translatingFailures { try body(SQLiteConnection(database: access.get())) } })
            }
        }
    }

    private static func open(_ location: Location) throws -> any DatabaseWriter {
        switch location {
        case .file(let path): try SQLiteSettings.openFile(at: path)
        case .memory: try SQLiteSettings.openMemory()
        }
    }
}

/// Translates GRDB's errors, which contain SQL and values, into ours, which contain neither.
func translatingFailures<Value>(_ body: () throws -> Value) throws -> Value {
    do {
        return try body()
    } catch {
        throw StorageFailure.translating(error)
    }
}

extension StorageFailure {
    fileprivate static func translating(_ error: any Error) -> any Error {
        (error as? DatabaseError).map(StorageFailure.init) ?? error
    }
}
