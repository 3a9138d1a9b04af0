// SPDX-License-Identifier: Apache-2.0
import Foundation

/// The content of a data folder at a moment.
struct FolderContent {
    private static let names = ["daybook.key", "daybook.db", "daybook.db-wal", "tokens.journal"]

    /// By name; without the lock, and without SQLite's index of its log, which it makes anew.
    let files: [String: Data]

    init(files: [String: Data]) { self.files = files }

    init(_ folder: URL) throws {
        files = Dictionary(
            uniqueKeysWithValues: try Self.names.map { ($0, try Data(contentsOf: folder.appending(path: $0))) })
    }

    /// Makes such a folder.
    func write(to folder: URL) throws {
        try FileManager.default.createDirectory(
            at: folder, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
        for (name, bytes) in files {
            let path = folder.appending(path: name)
            try bytes.write(to: path)
            try FileManager.default.setAttributes(
                [.posixPermissions: name == "daybook.key" ? 0o400 : 0o600], ofItemAtPath: path.path)
        }
    }
}
