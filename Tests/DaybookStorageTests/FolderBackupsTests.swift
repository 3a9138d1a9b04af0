// SPDX-License-Identifier: Apache-2.0
import Daybook
import Foundation
import Synchronization
import Testing

@testable import DaybookStorage

@Suite("What the server knows of its backups")
struct FolderBackupsTests {
    private static let moment = Date(timeIntervalSince1970: 1_764_460_000)

    @Test("each says what made it; those that somebody asked for push none of the others out")
    func origins() async throws {
        try await withFolder { path in
            let open = try DataFolder.open(at: path + "/data")
            let backups = Self.backups(of: open, path, count: 2)
            _ = try DatabaseBackup.make(
                of: open.folder, into: open.folder.upgradeBackupsPath, at: Self.moment.addingTimeInterval(-9_000))
            _ = try DatabaseBackup.make(
                of: open.folder, into: path + "/backups", at: Self.moment.addingTimeInterval(-5_000))
            _ = try await backups.step(at: Self.moment)
            for second in 1...5 {
                try await backups.ask()
                _ = try await backups.step(at: Self.moment.addingTimeInterval(Double(second)))
            }
            let overview = try await backups.overview()
            #expect(overview.kept.map(\.origin) == [.request, .request, .schedule, .command, .upgrade])
            #expect(overview.count == 5 && overview.kept.allSatisfy { $0.fitness == .restorable && $0.bytes > 0 })
            try open.close()
        }
    }

    @Test("two within a second have two names: the one that was asked for waits for the next second")
    func sameSecond() async throws {
        try await withFolder { path in
            let open = try DataFolder.open(at: path + "/data")
            let backups = Self.backups(of: open, path, count: 5)
            _ = try await backups.step(at: Self.moment)
            try await backups.ask()
            let (made, next) = try await backups.step(at: Self.moment.addingTimeInterval(0.4))
            #expect(made == nil && next == .at(Self.moment.addingTimeInterval(1)))
            #expect(try await backups.overview().work == .asked)
            #expect(try await backups.step(at: Self.moment.addingTimeInterval(1)).made != nil)
            #expect(try await backups.overview().work == .nothing)
            try open.close()
        }
    }

    @Test("one that is asked for while another is under way is made after it: that one may have begun too early")
    func meanwhile() async throws {
        try await withFolder { path in
            try await Self.use(path) { backups in
                backups.state.withLock { $0.copied = 0.5 }
                try await backups.ask()
                backups.state.withLock { $0.copied = nil }
                let made = try await backups.step(at: Self.moment).made
                #expect(KeptBackup.Origin(ofBackup: try present(made).backup.path) == .request)
            }
        }
    }

    @Test("why the last one failed is known after the next start too, until one succeeds")
    func failure() async throws {
        try await withFolder { path in
            let target = path + "/backups"
            #expect(FileManager.default.createFile(atPath: target, contents: nil), "a file where the folder should be")
            try await Self.use(path) { backups in
                await #expect(throws: (any Error).self) { try await backups.step(at: Self.moment) }
            }
            try await Self.use(path) { backups in
                #expect(backups.failure?.at == Self.moment && backups.failure?.reason.contains("backups") == true)
                try FileManager.default.removeItem(atPath: target)
                _ = try await backups.step(at: Self.moment.addingTimeInterval(60))
                #expect(backups.failure == nil)
            }
            try await Self.use(path) { #expect($0.failure == nil) }
        }
    }

    /// The folder is free again when this returns.
    private static func use(_ path: String, _ body: (FolderBackups) async throws -> Void) async throws {
        let open = try DataFolder.open(at: path + "/data")
        try await body(backups(of: open, path, count: 2))
        try open.close()
    }

    private static func backups(of open: OpenDataFolder, _ path: String, count: Int) -> FolderBackups {
        FolderBackups(
            of: open, key: nil,
            schedule: BackupSchedule(folder: path + "/backups", interval: .seconds(3_600), count: count))
    }
}
