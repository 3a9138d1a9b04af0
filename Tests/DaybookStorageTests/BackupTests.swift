// SPDX-License-Identifier: Apache-2.0
import Daybook
import DaybookStorage
import Foundation
import GRDB
import Testing

@Suite("Backups are whole, sealed, and come back")
struct BackupTests {
    private static let moment = Date(timeIntervalSince1970: 1_764_456_000)

    @Test("a backup that is made while transactions come in holds a committed part of them")
    func whileWriting() async throws {
        try await withFolder { folder in
            let open = try DataFolder.open(at: folder + "/data")
            let writing = Task {
                for batch in 0..<40 {
                    let rentals = try (0..<10).map { try Examples.rental("B\(batch)-\($0)") }
                    _ = try await open.storage.record(rentals, policy: .allOrNothing, at: morning)
                }
            }
            var counts: [Int] = []
            for second in 0..<12 {
                let backup = try DatabaseBackup.make(
                    of: open.folder, into: folder + "/backups", at: Self.moment.addingTimeInterval(Double(second)))
                counts.append(try Self.exports(in: backup.path))
            }
            try await writing.value
            let last = try DatabaseBackup.make(
                of: open.folder, into: folder + "/backups", at: Self.moment.addingTimeInterval(100))
            #expect(counts == counts.sorted() && counts.allSatisfy { $0 % 10 == 0 })
            #expect(try Self.exports(in: last.path) == 400)
            let mode = try FileManager.default.attributesOfItem(atPath: last.path)[.posixPermissions] as? Int
            #expect(mode == 0o600)
            #expect(!FileManager.default.fileExists(atPath: last.path + "-wal"))
            try open.close()
        }
    }

    @Test("it holds no secret in plain text, and comes back in a new folder with the key alone")
    func freshFolder() async throws {
        try await withFolder { folder in
            let (backup, key) = try await Self.backup(in: folder)
            let bytes = try Data(contentsOf: URL(fileURLWithPath: backup))
            #expect(bytes.range(of: Data("canary".utf8)) == nil)
            let fresh = DataFolder(path: folder + "/fresh")
            #expect(throws: BackupRefused(.keyMissing)) {
                try fresh.restore(backup, key: nil, replaces: false, at: Self.moment)
            }
            #expect(!FileManager.default.fileExists(atPath: fresh.databasePath))
            let restored = try fresh.restore(backup, key: key, replaces: false, at: Self.moment)
            #expect(restored.formerDatabase == nil)
            let open = try DataFolder.open(at: fresh.path)
            #expect(try await open.checkEpoch(at: morning)?.sign == .withoutEpochFile)
            #expect(try await open.storage.exportCounts(of: nil) == [.exporting: 2, .pending: 1])
            #expect(try await open.storage.app(of: .first) == Examples.app)
            try open.close()
        }
    }

    @Test("over a folder it needs to be meant, keeps the former database, and is noticed as older")
    func overFolder() async throws {
        try await withFolder { folder in
            let (backup, _) = try await Self.backup(in: folder)
            let data = DataFolder(path: folder + "/data")
            try await Self.use(data.path) { open in
                let lease = try await open.storage.lease(at: after(100))
                let pending = try await open.storage.agenda(at: after(100)).pending
                try await open.storage.open(
                    Examples.envelope("r2", of: pending, at: after(100)),
                    changes: pending.map { Examples.change($0.export, to: ExportProgress(state: .exporting)) },
                    lease: lease, at: after(100))
                #expect(throws: FolderInUse.self) {
                    try data.restore(backup, key: nil, replaces: true, at: Self.moment)
                }
            }
            #expect(throws: BackupRefused(.databaseThere(folder: data.path))) {
                try data.restore(backup, key: nil, replaces: false, at: Self.moment)
            }
            let former = try data.restore(backup, key: nil, replaces: true, at: Self.moment).formerDatabase
            #expect(try Self.exporting(in: try present(former)) == 3)
            try await Self.use(data.path) { again in
                let notice = try await again.checkEpoch(at: morning)
                #expect(notice?.sign == .olderThanEpochFile && notice?.missingEnvelopes == 1)
                #expect(try await again.storage.exportCounts(of: nil) == [.exporting: 2, .pending: 1])
            }
        }
    }

    @Test("who was signed in has to sign in again after a restore")
    func sessions() async throws {
        try await withFolder { folder in
            let (data, name) = (DataFolder(path: folder + "/data"), try present(PersonName("pat")))
            let link = SecretDigest(bytes: Array(repeating: 1, count: 32))
            let digest = SecretDigest(bytes: Array(repeating: 2, count: 32))
            let backup = try await Self.use(data.path) { open in
                let person = try await open.storage.invite(
                    name, roles: [RoleAssignment(.viewer)], link: link, expiresAt: after(1_000), at: morning)
                _ = try await open.storage.begin(
                    person.id, digest: digest, source: "::1", browser: "tests", at: morning)
                return try DatabaseBackup.make(of: data, into: folder + "/backups", at: Self.moment)
            }
            _ = try data.restore(backup.path, key: nil, replaces: true, at: Self.moment)
            try await Self.use(data.path) { again in
                let session = try await again.storage.session(digest, at: after(1))
                let known = try await again.storage.link(link, at: after(1))
                #expect(session == nil && known == nil)
                #expect(try await again.storage.people().map(\.name) == [name])
            }
        }
    }

    @Test("what is no backup, is damaged, newer or sealed under another key is refused, and changes nothing")
    func refusals() async throws {
        try await withFolder { folder in
            let (backup, key) = try await Self.backup(in: folder)
            let fresh = DataFolder(path: folder + "/fresh")
            func refused(_ path: String, key: String?) -> BackupRefused.Cause? {
                do {
                    _ = try fresh.restore(path, key: key, replaces: false, at: Self.moment)
                    return nil
                } catch let refused as BackupRefused {
                    return refused.cause
                } catch {
                    Issue.record(error)
                    return nil
                }
            }
            #expect(refused(folder + "/nothing.db", key: key) == .missing(folder + "/nothing.db"))
            let text = folder + "/text.db"
            try Data("these are no tables".utf8).write(to: URL(fileURLWithPath: text))
            #expect(refused(text, key: key) == .notDaybooks(text))
            let other = folder + "/other.db"
            try await DatabaseQueue(path: other).write { try $0.execute(sql: "CREATE TABLE songs (title TEXT)") }
            #expect(refused(other, key: key) == .notDaybooks(other))

            let damaged = folder + "/damaged.db"
            var bytes = try Data(contentsOf: URL(fileURLWithPath: backup))
            for place in stride(from: bytes.count / 2, to: bytes.count, by: 4_096) { bytes[place] ^= 0xFF }
            try bytes.write(to: URL(fileURLWithPath: damaged))
            let cause = refused(damaged, key: key)
            guard case .damaged(damaged, _) = cause else {
                Issue.record("a damaged backup was \(String(describing: cause))")
                return
            }

            let newer = folder + "/newer.db"
            try FileManager.default.copyItem(atPath: backup, toPath: newer)
            try await DatabaseQueue(path: newer).write {
                try $0.execute(sql: "INSERT INTO grdb_migrations (identifier) VALUES ('9999-later')")
            }
            #expect(refused(newer, key: key) == .newerVersion(newer))

            let kept = DataFolder(path: folder + "/stranger")
            try await Self.use(kept.path) { _ in }
            #expect(refused(backup, key: kept.keyPath) == .otherKey(backup))
            #expect(!FileManager.default.fileExists(atPath: fresh.databasePath))
            #expect(!FileManager.default.fileExists(atPath: fresh.keyPath))

            #expect(throws: BackupRefused(.otherKey(backup))) {
                try kept.restore(backup, key: nil, replaces: true, at: Self.moment)
            }
            #expect(throws: BackupRefused(.noDatabase(folder: folder + "/empty"))) {
                try DatabaseBackup.make(of: DataFolder(path: folder + "/empty"), into: folder, at: Self.moment)
            }
        }
    }

    @Test("of a folder of backups the latest are kept, and other files are left alone")
    func shelf() async throws {
        try await withFolder { folder in
            let open = try DataFolder.open(at: folder + "/data")
            let shelf = BackupShelf(path: folder + "/new/backups")
            #expect(try shelf.backups().isEmpty)
            #expect(try shelf.latest() == nil)
            let made = try (0..<5).map { day in
                try DatabaseBackup.make(
                    of: open.folder, into: shelf.path, at: Self.moment.addingTimeInterval(86_400 * Double(day)))
            }
            let foreign = shelf.path + "/daybook-notes.txt"
            try Data("mine".utf8).write(to: URL(fileURLWithPath: foreign))
            #expect(try shelf.keep(3) == 2)
            #expect(try shelf.backups() == made.suffix(3).map(\.path))
            #expect(FileManager.default.fileExists(atPath: foreign))
            #expect(try shelf.keep(0) == 2, "one at least stays")
            #expect(throws: BackupRefused(.nameTaken(made[4].path))) {
                try DatabaseBackup.make(
                    of: open.folder, into: shelf.path, at: Self.moment.addingTimeInterval(86_400 * 4))
            }
            try open.close()
        }
    }

    /// A backup of a folder with an app's keys, two exports under way and one that waits, and the folder's key.
    private static func backup(in folder: String) async throws -> (path: String, key: String) {
        try await use(folder + "/data") { open in
            _ = try await open.checkEpoch(at: morning)
            try await open.storage.saveApp(Examples.app, for: .first, by: .command("tests"), at: morning)
            let lease = try await open.storage.lease()
            _ = try await open.storage.exporting(3, limit: 2, lease: lease)
            let backup = try DatabaseBackup.make(of: open.folder, into: folder + "/backups", at: moment)
            return (backup.path, open.folder.keyPath)
        }
    }

    /// The folder is free again when this returns.
    private static func use<Value>(
        _ path: String, _ body: (OpenDataFolder) async throws -> Value
    ) async throws -> Value {
        let open = try DataFolder.open(at: path)
        let value = try await body(open)
        try open.close()
        return value
    }

    private static func exports(in path: String) throws -> Int {
        try DatabaseQueue(path: path).read { try Int.fetchOne($0, sql: "SELECT count(*) FROM exports") ?? 0 }
    }

    private static func exporting(in path: String) throws -> Int {
        try DatabaseQueue(path: path).read {
            try Int.fetchOne($0, sql: "SELECT count(*) FROM exports WHERE state = 'exporting'") ?? 0
        }
    }
}
