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
        let plan = BackupPlan(folder: shelf.path, interval: .seconds(3_600), count: 2)
        func step(_ seconds: Double, _ plan: BackupPlan) async throws -> Wake {
            let clock = Stopped(now: Date(timeIntervalSince1970: 1_764_456_000 + seconds))
            let loop = BackupLoop(
                folder: folder, clock: clock, plan: plan,
                logger: Logger(label: "tests") { _ in SwiftLogNoOpLogHandler() },
                logEvents: NoLogEvents())
            return try await loop.step(plan)
        }
        _ = try await step(0, plan)
        #expect(try shelf.backups().count == 1)
        _ = try await step(1_800, plan)
        #expect(try shelf.backups().count == 1, "not due")
        _ = try await step(4_000, plan)
        _ = try await step(8_000, plan)
        #expect(try shelf.backups().count == 2, "the latest two are kept")
        let nowhere = BackupPlan(folder: place + "/data/daybook.db/backups", interval: .seconds(3_600), count: 2)
        guard case .at = try await step(0, nowhere) else {
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
        let plan = BackupPlan(folder: place + "/backups", interval: .seconds(86_400), count: 2)
        let clock = Turned()
        let loop = BackupLoop(
            folder: folder, clock: clock, plan: plan, logger: Logger(label: "tests") { _ in SwiftLogNoOpLogHandler() },
            logEvents: NoLogEvents())
        let shelf = BackupShelf(path: plan.folder)
        #expect(FileManager.default.createFile(atPath: plan.folder, contents: nil), "a file where the folder should be")
        _ = try await loop.step(plan)
        try FileManager.default.removeItem(atPath: plan.folder)
        clock.turn(60)
        _ = try await loop.step(plan)
        #expect(try shelf.backups().isEmpty)
        clock.turn(3_600)
        _ = try await loop.step(plan)
        #expect(try shelf.backups().count == 1)
        try folder.close()
    }

    private final class Turned: WallClock {
        private let seconds = Mutex(1_764_456_000.0)
        var now: Date { Date(timeIntervalSince1970: seconds.withLock { $0 }) }
        func turn(_ by: Double) { seconds.withLock { $0 += by } }
    }
}

private struct NoLogEvents: LogEventSink {
    func emit(_ event: Daybook.LogEvent) {}
}
