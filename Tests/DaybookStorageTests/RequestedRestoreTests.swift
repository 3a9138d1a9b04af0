// SPDX-License-Identifier: Apache-2.0
import Daybook
import Foundation
import Synchronization
import Testing

@testable import DaybookStorage

@Suite("A restore that a page asked for")
struct RequestedRestoreTests {
    private static let asked = Date(timeIntervalSince1970: 1_764_460_000)
    private static let former = "daybook.db.before-20251129T234640Z"

    @Test("is carried out by the next start, once, keeps the former database, and says so")
    func once() async throws {
        try await withFolder { path in
            let (folder, backup) = try await Self.twoThen(three: path)
            try Self.ask(folder, backup)
            let outcome = try present(try folder.carryOutRestore(from: nil, at: Self.asked.addingTimeInterval(5)))
            #expect(outcome.failure == nil && outcome.who == "pat" && outcome.formerDatabase == Self.former)
            #expect(try await Self.count(folder.path) == 2)
            #expect(try folder.carryOutRestore(from: nil, at: Self.asked.addingTimeInterval(9)) == nil)
            let kept: BackupOverview.Restore? = folder.note(folder.restoreOutcomePath)
            #expect(kept == outcome)
            try Self.putBack(folder)
            #expect(try await Self.count(folder.path) == 3, "the former database is whole")
        }
    }

    @Test("goes on after a kill at each of its moments, and is not carried out twice", arguments: Moment.allCases)
    func killed(_ moment: Moment) async throws {
        try await withFolder { path in
            let (folder, backup) = try await Self.twoThen(three: path)
            try Self.ask(folder, backup)
            let files = FileManager.default
            let former = folder.path + "/" + Self.former
            switch moment {
            case .draftUnfinished:
                try Data("half a database".utf8).write(to: URL(fileURLWithPath: folder.databasePath + ".restoring"))
            case .formerNamed: try OpenFile.link(folder.databasePath, as: former)
            case .formerMoved: try files.moveItem(atPath: folder.databasePath, toPath: former)
            case .replaced:
                _ = try folder.restore(backup, key: nil, replaces: true, at: Self.asked)
                try files.removeItem(atPath: backup)
            }
            let outcome = try present(try folder.carryOutRestore(from: nil, at: Self.asked.addingTimeInterval(60)))
            #expect(outcome.failure == nil && outcome.formerDatabase == Self.former, "\(outcome)")
            #expect(try await Self.count(folder.path) == 2)
            #expect(!files.fileExists(atPath: folder.restoreRequestPath))
            try Self.putBack(folder)
            #expect(try await Self.count(folder.path) == 3)
        }
    }

    enum Moment: CaseIterable { case draftUnfinished, formerNamed, formerMoved, replaced }

    @Test("that can't be carried out leaves the data as it was, and is not tried again")
    func refused() async throws {
        try await withFolder { path in
            let (folder, backup) = try await Self.twoThen(three: path)
            try Self.ask(folder, backup)
            try Data("no tables".utf8).write(to: URL(fileURLWithPath: backup))
            let damaged = try present(try folder.carryOutRestore(from: nil, at: Self.asked))
            #expect(damaged.failure?.contains("is not a backup of Daybook's") == true)
            #expect(try folder.carryOutRestore(from: nil, at: Self.asked) == nil)
            #expect(try await Self.count(folder.path) == 3)
            // The former database was moved away, and then the backup could not be read.
            try Self.ask(folder, backup)
            try FileManager.default.moveItem(atPath: folder.databasePath, toPath: folder.path + "/" + Self.former)
            #expect(try folder.carryOutRestore(from: nil, at: Self.asked)?.failure != nil)
            #expect(try await Self.count(folder.path) == 3)
            try Self.ask(folder, backup)
            let late = try folder.carryOutRestore(from: nil, at: Self.asked.addingTimeInterval(90_000))
            #expect(late?.failure?.contains("more than a day before") == true)
            try Self.ask(folder, backup)
            let early = try folder.carryOutRestore(from: nil, at: Self.asked.addingTimeInterval(-90_000))
            #expect(early?.failure?.contains("the clock was set back") == true)
            try Data("{}".utf8).write(to: URL(fileURLWithPath: folder.restoreRequestPath))
            #expect(
                try folder.carryOutRestore(from: nil, at: Self.asked)?.failure?.contains("could not be read") == true)
            #expect(try await Self.count(folder.path) == 3)
        }
    }

    @Test(
        "a request is written down only for a backup that was proven whole; one from before people is left to the command"
    )
    func proven() async throws {
        try await withFolder { path in
            let open = try DataFolder.open(at: path + "/data")
            let rung = Rung()
            let backups = FolderBackups(
                of: open, key: nil,
                schedule: BackupSchedule(folder: path + "/backups", interval: .seconds(3_600), count: 3),
                onRestore: { rung.ring() })
            let early = try present(try await backups.step(at: Self.asked).made).backup.path
            let name = URL(fileURLWithPath: early).lastPathComponent
            _ = try await open.storage.invite(
                try present(PersonName("pat")), roles: [RoleAssignment(.administrator)],
                link: SecretDigest(bytes: Array(repeating: 1, count: 32)), expiresAt: after(1_000), at: morning)
            let refused = await #expect(throws: BackupsRefused.self) { try await backups.restore(name, for: "pat") }
            #expect(refused?.description.contains("before the first administrator signed up") == true)
            var bytes = try Data(contentsOf: URL(fileURLWithPath: early))
            for place in stride(from: bytes.count / 2, to: bytes.count, by: 4_096) { bytes[place] ^= 0xFF }
            try bytes.write(to: URL(fileURLWithPath: early))
            let damaged = await #expect(throws: BackupsRefused.self) { try await backups.restore(name, for: "pat") }
            #expect(damaged?.description.contains("is damaged") == true)
            #expect(rung.count == 0 && !FileManager.default.fileExists(atPath: open.folder.restoreRequestPath))
            #expect(try await backups.overview().work == .nothing)
            let good = try present(try await backups.step(at: Self.asked.addingTimeInterval(4_000)).made).backup.path
            try await backups.restore(URL(fileURLWithPath: good).lastPathComponent, for: "pat")
            #expect(rung.count == 1 && FileManager.default.fileExists(atPath: open.folder.restoreRequestPath))
            try open.close()
        }
    }

    private static func ask(_ folder: DataFolder, _ backup: String) throws {
        try folder.keep(RestoreRequest(backup: backup, who: "pat", askedAt: asked), at: folder.restoreRequestPath)
    }

    /// The former database in its place again.
    private static func putBack(_ folder: DataFolder) throws {
        try OpenFile.rename(folder.path + "/" + former, to: folder.databasePath)
    }

    /// A folder with three transactions, and a backup of it that has two of them.
    private static func twoThen(three path: String) async throws -> (DataFolder, String) {
        let open = try DataFolder.open(at: path + "/data")
        for name in ["A", "B"] {
            _ = try await open.storage.record([try Examples.rental(name)], policy: .allOrNothing, at: morning)
        }
        let backup = try DatabaseBackup.make(of: open.folder, into: path + "/backups", at: asked)
        _ = try await open.storage.record([try Examples.rental("C")], policy: .allOrNothing, at: morning)
        try open.close()
        return (open.folder, backup.path)
    }

    private static func count(_ path: String) async throws -> Int {
        let open = try DataFolder.open(at: path)
        let count = try await open.storage.exportCounts(of: nil).values.reduce(0, +)
        try open.close()
        return count
    }
}

private final class Rung: Sendable {
    private let rings = Mutex(0)
    var count: Int { rings.withLock { $0 } }
    func ring() { rings.withLock { $0 += 1 } }
}
