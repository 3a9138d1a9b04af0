// SPDX-License-Identifier: Apache-2.0
import Daybook
@testable import DaybookStorage
import Foundation

extension FuzzTarget {
    /// A file that is given as a backup, as it is; or after a `P` what differs in a good one: places in three bytes, and
    /// the byte that stands there.
    static let backup = FuzzTarget(name: "backup", mutations: 40) { bytes in
        let sample = try BackupSample.made.get()
        try BackupSample.withFolder { folder in
            let (given, key) = (folder + "/given.db", folder + "/daybook.key")
            try BackupSample.write(sample.database(from: bytes), to: given)
            try BackupSample.write(sample.key, to: key)
            let data = DataFolder(path: folder + "/data")
            do {
                _ = try data.restore(given, key: key, replaces: false, at: BackupSample.moment)
            } catch  where isPromised(error) {
                try promise(bytes != [BackupSample.mark], "a good backup is refused: \(error)")
                try promise(
                    !FileManager.default.fileExists(atPath: data.databasePath), "what is refused is there: \(error)")
                return
            }
            do {
                _ = try data.look(keys: KeyFile(path: data.keyPath).read(), at: BackupSample.moment)
                _ = try data.hasPeople()
            } catch  where isPromised(error) {
                try promise(bytes != [BackupSample.mark], "a good backup is not read: \(error)")
            }
        }
    }

    /// Whether it is an error for people, with its remedy.
    private static func isPromised(_ error: any Error) -> Bool {
        error is BackupRefused || error is KeyRefused || error is StorageFailure || error is StoredValueUnreadable
            || error is FileTrouble || error is SealError
    }
}

/// A backup of a new Daybook.
private struct BackupSample {
    /// What a good backup with changes begins with.
    static let mark = UInt8(ascii: "P")
    static let moment = Date(timeIntervalSince1970: 1_764_456_000)

    static let made = Result {
        try withFolder { folder in
            let open = try DataFolder.open(at: folder + "/data")
            let backup = try DatabaseBackup.make(of: open.folder, into: folder + "/backups", at: moment)
            try open.close()
            return BackupSample(
                whole: try read(backup.path), key: try read(open.folder.keyPath))
        }
    }

    private let whole: [UInt8]
    let key: [UInt8]

    func database(from bytes: [UInt8]) -> [UInt8] {
        guard bytes.first == Self.mark else { return bytes }
        var database = whole
        var changes = bytes.dropFirst()
        while changes.count >= 4 {
            let place = changes.prefix(3).reduce(0) { $0 << 8 | Int($1) }
            database[place % database.count] = changes[changes.startIndex + 3]
            changes = changes.dropFirst(4)
        }
        return database
    }

    static func withFolder<Value>(_ body: (String) throws -> Value) throws -> Value {
        let folder = FileManager.default.temporaryDirectory.appending(path: "daybook-\(UUID().uuidString)").path
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        let outcome = Result { try body(folder) }
        try FileManager.default.removeItem(atPath: folder)
        return try outcome.get()
    }

    static func write(_ bytes: [UInt8], to path: String) throws {
        try Data(bytes).write(to: URL(fileURLWithPath: path))
        try FileManager.default.setAttributes([.posixPermissions: 0o600], ofItemAtPath: path)
    }

    private static func read(_ path: String) throws -> [UInt8] {
        [UInt8](try Data(contentsOf: URL(fileURLWithPath: path)))
    }
}
