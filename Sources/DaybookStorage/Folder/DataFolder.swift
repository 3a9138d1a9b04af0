// SPDX-License-Identifier: Apache-2.0
package import Daybook
package import Foundation

/// The folder that holds all Daybook keeps: database, token journal, key and lock.
package struct DataFolder: Sendable {
    package let path: String

    package init(path: String) { self.path = path }

    package var keyPath: String { path + "/daybook.key" }
    package var databasePath: String { path + "/daybook.db" }
    package var journalPath: String { path + "/tokens.journal" }
    package var lockPath: String { path + "/daybook.lock" }
    /// Left out of backups.
    package var epochPath: String { path + "/daybook.epoch" }

    /// Makes the folder if need be, locks it, and opens what is in it.
    ///
    /// Blocks; for the start of a process.
    ///
    /// - Parameter startsEmpty: Whether a person said that a database may be empty beside what is left of another.
    /// - Throws: ``FolderInUse``, ``FolderRefused``, ``KeyRefused``, ``FileTrouble``, ``StorageFailure``,
    ///   ``JournalFailure`` or ``DatabaseMissing``, each in words with the remedy; nothing was changed.
    package static func open(at path: String, startsEmpty: Bool = false) throws -> OpenDataFolder {
