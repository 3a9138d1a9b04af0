// SPDX-License-Identifier: Apache-2.0
package import Daybook
import Dispatch
package import Foundation

/// The folder with all of Daybook's files: database, token journal, key, lock and others.
package struct DataFolder: Sendable {
    package let path: String

    package init(path: String) { self.path = path }

    package var keyPath: String { path + "/daybook.key" }
    package var databasePath: String { path + "/daybook.db" }
    package var journalPath: String { path + "/tokens.journal" }
    package var discoveryPath: String { path + "/discovery.json" }
    package var lockPath: String { path + "/daybook.lock" }
    /// Must be left out of backups.
    package var epochPath: String { path + "/daybook.epoch" }

    /// Makes the folder if need be, locks it, and opens what is in it.
    ///
    /// Blocks; for the start of a process.
    ///
    /// - Parameters:
    ///   - key: Where the data key comes from; nil for `daybook.key` in the folder.
    ///   - startsEmpty: Whether a person allowed an empty database beside the files of another.
    /// - Throws: ``FolderInUse``, ``FolderRefused``, ``ForeignDatabase``, ``KeyRefused``, ``FileTrouble``,
    ///   ``StorageFailure``, ``TokenJournalFailure`` or ``DatabaseMissing``, each with the remedy. The database, the key and the
    ///   token journal are as they were.
    package static func open(
        at path: String, key: KeySource? = nil, startsEmpty: Bool = false
    ) throws -> OpenDataFolder {
        let folder = DataFolder(path: path)
        try folder.make()
        let lock = try FolderLock(path: folder.lockPath)
        // A server that was killed may have left its address, or the address was copied with the folder.
        try folder.withdrawAddress()
        try SQLiteStorage.check(folder.databasePath)
        let source = key ?? folder.usualKey
        let sealer = Sealer(try folder.keys(source))
        let condition = FolderCondition()
        let journal = try FileTokenJournal(path: folder.journalPath, sealer: sealer, condition: condition)
        let epochFile = try EpochFile(path: folder.epochPath)
        let remains = Remains(hasAppliedGrants: journal.hasAppliedGrants, epoch: epochFile.foundEpoch)
        if !startsEmpty, remains.areAny, !FileManager.default.fileExists(atPath: folder.databasePath) {
            throw DatabaseMissing(.missing, remains)
        }
        // Private from its first byte, in whatever folder; SQLite gives its own files the same mode.
        _ = try OpenFile(folder.databasePath, .update)
        let storage = try SQLiteStorage(
            at: .file(folder.databasePath), sealer: sealer, lock: lock, epochFile: epochFile,
            condition: condition, keyPlace: source.place)
        let isEmpty = try remains.areAny && storage.isEmpty()
        guard startsEmpty || !isEmpty else {
            try storage.close()
            throw DatabaseMissing(.empty, remains)
        }
        for path in [folder.databasePath, folder.lockPath] { condition.expectSameFile(at: path) }
        // Any file will do: Daybook itself replaces the journal when it grows long.
        condition.expectFile(at: folder.journalPath)
        return OpenDataFolder(
            folder: folder, storage: storage, journal: journal, sealer: sealer, condition: condition,
            startsEmpty: isEmpty,
            rotation: KeyRotation(
                folder: folder, source: source, sealer: sealer, storage: storage, journal: journal))
    }

    /// Writes a file, through to the disk, and removes it.
    fileprivate func tryWriting() throws {
        let path = self.path + "/daybook.probe"
        // Also after a failed write: what it wrote would only fill the disk.
        defer { unlink(path) }
        let file = try OpenFile(path, .update)
        try file.write(Array(repeating: 0, count: 65_536), at: 0)
        try file.sync()
    }

    /// Makes the folder, private to Daybook's user; one that is there keeps its mode.
    func make() throws {
        guard try !isReachable(for: .writing) else { return }
        // The outermost first: a synced file is lost at a power cut if its folder's own name was not on the disk.
        for folder in missingFolders().reversed() {
            try OpenFile.makeFolder(folder)
            try OpenFile.syncFolder(of: folder)
        }
    }

    /// The folder and those above it that are not there yet.
    private func missingFolders() -> [String] {
        var missing: [String] = []
        var folder = URL(fileURLWithPath: path)
        while !FileManager.default.fileExists(atPath: folder.path) {
            missing.append(folder.path)
            folder.deleteLastPathComponent()
        }
        return missing
    }

    /// Makes a new key only if nothing was ever sealed: beside data, a missing key is a loss that must be reported.
    private func keys(_ source: KeySource) throws -> DataKeys {
        guard case .file(let key) = source else { return try source.read() }
        if key.isThere {
            let keys = try key.read()
            // Daybook may have no right to write beside a configured key; then it has left no draft there either.
            if key.kind == .ofFolder { try key.removeDraft() } else { try? key.removeDraft() }
            return keys
        }
        let isFirstStart = ![databasePath, journalPath].contains { FileManager.default.fileExists(atPath: $0) }
        let place = URL(fileURLWithPath: key.path).deletingLastPathComponent().path
        guard isFirstStart, FileManager.default.fileExists(atPath: place) else {
            throw KeyRefused(.missing, at: source.place)
        }
        return try key.make(SystemRandomness())
    }

    /// The key file in the folder.
    package var usualKey: KeySource { .file(KeyFile(path: keyPath)) }
}

/// An open data folder.
///
/// It stays locked as long as its storage exists.
package struct OpenDataFolder: Sendable {
    package let folder: DataFolder
    package let storage: SQLiteStorage
    package let journal: FileTokenJournal
    package let sealer: Sealer
    package let condition: FolderCondition
    /// Whether its database is empty beside the files of another, as a person allowed.
    package let startsEmpty: Bool
    package let rotation: KeyRotation

    /// Notices whether the database is a restored copy; to be called once, before anything is sent.
    ///
    /// - Returns: What was noticed; nil when nothing was.
    package func checkEpoch(at: Date) async throws -> CopyNotice? {
        try await storage.checkEpoch(startsEmpty: startsEmpty, at: at)
    }

    /// Tries whether writes work again, with about as many bytes as a commit writes, and notes the outcome.
    package func tryWriting() async {
        do {
            try await withCheckedThrowingContinuation { continuation in
                DispatchQueue.global().async { [folder] in continuation.resume(with: Result { try folder.tryWriting() })
                }
            }
            try await storage.tryWriting()
            condition.over()
        } catch {
            condition.note(error)
        }
    }

    /// An orderly stop: the WAL is written back into the database.
    package func close() throws { try storage.close() }
}
