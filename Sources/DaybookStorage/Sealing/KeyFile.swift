// SPDX-License-Identifier: Apache-2.0
package import Daybook
import Foundation

/// The file of the data key, which nobody but Daybook's user may read.
package struct KeyFile: Sendable, Equatable {
    package enum Kind: Sendable {
        /// `daybook.key` in the data folder.
        case ofFolder
        /// At a path that was configured.
        case configured
        /// Given by systemd. An access control list lets Daybook's user read it, which shows as rights of its group.
        case credential
    }

    package let path: String
    package let kind: Kind

    package init(path: String, kind: Kind = .ofFolder) {
        self.path = path
        self.kind = kind
    }

    package var isThere: Bool { FileManager.default.fileExists(atPath: path) }

    /// - Throws: ``KeyRefused`` when the file is missing, is no key, or can be read by other users; ``FileTrouble``.
    package func read() throws -> DataKeys {
        guard isThere else { throw refused(.missing) }
        let file: OpenFile
        do {
            file = try OpenFile(path, .read)
        } catch {
            throw refused(.unreadable)
        }
        guard try file.mode() & (kind == .credential ? 0o007 : 0o077) == 0 else { throw refused(.openToOthers) }
        do throws(KeyRefused.Cause) {
            return try KeyText.keys(in: try content(of: file))
        } catch {
            throw refused(error)
        }
    }

    /// Writes a new key.
    ///
    /// The file appears under its name complete and synced, or not at all.
    ///
    /// - Throws: ``FileTrouble``, also when there is a key already.
    package func make(_ randomness: any Randomness) throws -> DataKeys {
        let keys = DataKeys(.drawn(from: randomness))
        try draft(keys)
        try OpenFile.link(draftPath, as: path)
        try OpenFile.removeIfThere(draftPath)
        try OpenFile.syncFolder(of: path)
        return keys
    }

    /// Writes other keys in the place of those that are there, atomically and synced.
    ///
    /// - Throws: ``FileTrouble``; the file has the keys from before or the new ones.
    func replace(with keys: DataKeys) throws {
        try draft(keys)
        try OpenFile.rename(draftPath, to: path)
        try OpenFile.syncFolder(of: path)
    }

    /// Removes what an attempt that was cut off may have left: a key, complete or not.
    func removeDraft() throws { try OpenFile.removeIfThere(draftPath) }

    private var draftPath: String { path + ".new" }

    private func draft(_ keys: DataKeys) throws {
        try removeDraft()
        let file = try OpenFile(draftPath, .create(mode: 0o400))
        try file.write(KeyText.bytes(keys), at: 0)
        try file.sync()
    }

    private func content(of file: OpenFile) throws(KeyRefused.Cause) -> [UInt8] {
        do throws(FileTrouble) {
            return try file.readAll()
        } catch {
            throw .unreadable
        }
    }

    private func refused(_ cause: KeyRefused.Cause) -> KeyRefused { KeyRefused(cause, at: place) }

    private var place: KeyRefused.Place {
        switch kind {
        case .ofFolder: .folder
        case .configured: .file(path)
        case .credential: .credential(path)
        }
    }
}
