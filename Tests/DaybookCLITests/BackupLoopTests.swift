// SPDX-License-Identifier: Apache-2.0
import Daybook
@testable import DaybookCLI
import DaybookStorage
import Foundation
import Logging
import Synchronization
import Testing

@Suite("The server makes backups by itself")
struct BackupLoopTests {
    private struct Stopped: WallClock {
        let now: Date
    }

    @Test("one when it is due, and no more than are kept; a folder that can't be made is said, and tried again")
    func steps() async throws {
        let place = FileManager.default.temporaryDirectory.appending(path: "backup-loop-\(UUID().uuidString)").path()
        defer { try? FileManager.default.removeItem(atPath: place) }
        let folder = try DataFolder.open(at: place + "/data")
        let shelf = BackupShelf(path: place + "/backups")
        func step(_ seconds: Double, into target: String) async throws -> Wake {
            let clock = Stopped(now: Date(timeIntervalSince1970: 1_764_456_000 + seconds))
            let schedule = BackupSchedule(folder: target, interval: .seconds(3_600), count: 2)
            let backups = FolderBackups(of: folder, key: nil, schedule: schedule)
            return await BackupLoop(backups, clock).step()
        }
        _ = try await step(0, into: shelf.path)
        #expect(try shelf.backups().count == 1)
        _ = try await step(1_800, into: shelf.path)
        #expect(try shelf.backups().count == 1, "not due")
        _ = try await step(4_000, into: shelf.path)
        _ = try await step(8_000, into: shelf.path)
        #expect(try shelf.backups().count == 2, "the latest two are kept")
        guard case .at = try await step(0, into: place + "/data/daybook.db/backups") else {
            Issue.record("a backup that fails is tried again")
            return
        }
        try folder.close()
    }

    @Test("one that failed is tried again after an hour, not each time that the loop looks")
    func failure() async throws {
        let place = FileManager.default.temporaryDirectory.appending(path: "backup-loop-\(UUID().uuidString)").path()
        defer { try? FileManager.default.removeItem(atPath: place) }
        let folder = try DataFolder.open(at: place + "/data")
        let schedule = BackupSchedule(folder: place + "/backups", interval: .seconds(86_400), count: 2)
        let clock = Turned()
        let loop = BackupLoop(FolderBackups(of: folder, key: nil, schedule: schedule), clock)
        let shelf = BackupShelf(path: schedule.folder)
        #expect(
            FileManager.default.createFile(atPath: schedule.folder, contents: nil), "a file where the folder should be")
        _ = await loop.step()
        try FileManager.default.removeItem(atPath: schedule.folder)
        clock.turn(60)
        _ = await loop.step()
        #expect(try shelf.backups().isEmpty)
        clock.turn(3_600)
        _ = await loop.step()
        #expect(try shelf.backups().count == 1)
        try folder.close()
    }

    private final class Turned: WallClock {
        private let seconds = Mutex(1_764_456_000.0)
        var now: Date { Date(timeIntervalSince1970: seconds.withLock { $0 }) }
        func turn(_ by: Double) { seconds.withLock { $0 += by } }
    }
}

extension BackupLoop {
    fileprivate init(_ backups: FolderBackups, _ clock: any WallClock) {
        self.init(
            backups: backups, clock: clock, condition: NoTrouble(),
            logger: Logger(label: "tests") { _ in SwiftLogNoOpLogHandler() }, logEvents: NoLogEvents(), asked: Nudge())
    }
}

private struct NoLogEvents: LogEventSink {
    func emit(_ event: Daybook.LogEvent) {}
}
