// SPDX-License-Identifier: Apache-2.0
import Daybook
import Foundation

/// The folder that holds all Daybook keeps: database, token journal, key and lock.
package struct DataFolder: Sendable {
    package let path: String

    package init(path: String) { self.path = path }

    package var keyPath: String { path + "/daybook.key" }
    package var databasePath: String { path + "/daybook.db" }
    package var journalPath: String { path + "/tokens.journal" }
    package var lockPath: String { path + "/daybook.lock" }

    /// Makes the folder if need be, locks it, and opens what is in it.
    ///
    /// Blocks; for the start of a process.
    ///
    /// - Throws: ``FolderInUse``, ``FolderRefused``, ``ForeignDatabase``, ``KeyRefused``, ``FileTrouble``, ``StorageFailure`` or
    ///   ``JournalFailure``, each in words with the remedy; nothing was changed.
    package static func open(at path: String) throws -> OpenDataFolder {
        let folder = DataFolder(path: path)
        try folder.make()
        let lock = try FolderLock(path: folder.lockPath)
        // Left by a server that was killed, or copied with the folder.
        try folder.withdrawAddress()
        try SQLiteStorage.check(folder.databasePath)
        let sealer = try folder.sealer()
        let journal = try FileTokenJournal(path: folder.journalPath, sealer: sealer)
        // Private from its first byte, in whatever folder; SQLite gives its own files the same mode.
        _ = try OpenFile(folder.databasePath, .update)
        let storage = try SQLiteStorage(at: .file(folder.databasePath), sealer: sealer, lock: lock)
        return OpenDataFolder(folder: folder, storage: storage, journal: journal, sealer: sealer)
    }

    /// Private to Daybook's user; one that is there keeps the mode its owner gave it.
    private func make() throws {
        guard try !isReachable() else { return }
        // The outermost first. What is synced in a folder is lost at a power cut when the folder's own name was not
        // on the disk.
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

    /// A new key only where nothing was ever sealed: beside data, a missing key is a loss to be told.
    private func sealer() throws -> Sealer {
        let key = KeyFile(path: keyPath)
        if key.isThere { return try key.read() }
        let isFirstStart = ![databasePath, journalPath].contains { FileManager.default.fileExists(atPath: $0) }
        guard isFirstStart else { throw KeyRefused(.missing) }
        return try key.make(SystemRandomness())
    }
}

/// A data folder at work.
///
/// The folder stays locked for as long as its storage is there.
package struct OpenDataFolder: Sendable {
    package let folder: DataFolder
    package let storage: SQLiteStorage
    package let journal: FileTokenJournal
    package let sealer: Sealer

    /// An orderly stop: the WAL is written back into the database.
    package func close() throws { try storage.close() }
}
