// SPDX-License-Identifier: Apache-2.0
import Daybook
import Foundation

/// A restore that somebody has asked for at the page or by the API, and that the next start carries out.
struct RestoreRequest: Codable, Equatable {
    /// The backup's whole path.
    let backup: String
    let who: String
    let askedAt: Date
}

/// What is kept of backups and restores beside the database, because a restore replaces the database.
extension DataFolder {
    var restoreRequestPath: String { path + "/restore.request" }
    var restoreOutcomePath: String { path + "/restore.outcome" }
    var backupFailurePath: String { path + "/backup.failure" }
    /// Where the package puts the backups that it makes before an upgrade.
    var upgradeBackupsPath: String { path + "/before-upgrade" }

    /// Nil when there is no such file, or none that can be read.
    func note<Note: Decodable>(_ path: String, as type: Note.Type = Note.self) -> Note? {
        guard let data = FileManager.default.contents(atPath: path) else { return nil }
        // A note that can't be read counts as missing.
        return try? JSONDecoder().decode(Note.self, from: data)
    }

    /// Writes a note, atomically and through to the disk.
    ///
    /// - Throws: ``FileTrouble``; a note that was there before is as it was.
    func keep(_ note: some Encodable, at path: String) throws {
        let draft = path + ".new"
        try OpenFile.removeIfThere(draft)
        let file = try OpenFile(draft, .create(mode: 0o600))
        try file.write(Array(try JSONEncoder().encode(note)), at: 0)
        try file.sync()
        try OpenFile.rename(draft, to: path)
        try OpenFile.syncFolder(of: path)
    }
}
