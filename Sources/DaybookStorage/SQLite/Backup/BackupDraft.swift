// SPDX-License-Identifier: Apache-2.0
import Foundation

/// A backup that is being written, beside the name that it gets once it is whole.
struct BackupDraft {
    /// Where it is written.
    let path: String
    private let name: String

    /// Makes an empty file, and removes one that was left behind.
    ///
    /// - Throws: ``BackupRefused`` when there is a backup of that name, or ``FileTrouble``.
    init(_ name: BackupName, in folder: String) throws {
        try DataFolder(path: folder).make()
        self.name = folder + "/" + name.text
        path = self.name + ".part"
        guard !FileManager.default.fileExists(atPath: self.name) else { throw BackupRefused(.nameTaken(self.name)) }
        try OpenFile.removeIfThere(path)
        // Private from its first byte.
        _ = try OpenFile(path, .create(mode: 0o600))
    }

    /// Checks what was written, makes it durable and gives it its name.
    ///
    /// - Throws: ``BackupRefused``, ``FileTrouble`` or ``StorageFailure``.
    func finished() throws -> DatabaseBackup {
        try translatingFailures { try BackupCheck.run(path) }
        let file = try OpenFile(path, .update)
        try file.sync()
        try OpenFile.rename(path, to: name)
        try OpenFile.syncFolder(of: name)
        return DatabaseBackup(path: name, bytes: try file.size())
    }

    /// Removes it after an error, and reports only that error: a draft that can't be removed is known by its name.
    func discard() { try? OpenFile.removeIfThere(path) }
}
