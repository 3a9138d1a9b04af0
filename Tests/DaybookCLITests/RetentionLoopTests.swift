// SPDX-License-Identifier: Apache-2.0
import Daybook
@testable import DaybookCLI
import DaybookStorage
import Foundation
import Logging
import ServiceLifecycle
import Synchronization
import Testing

@Suite("The loop that removes old details", .timeLimit(.minutes(5)))
struct RetentionLoopTests {
    private static let day = 86_400.0
    private static let morning = Date(timeIntervalSince1970: 1_700_000_000)

    /// Wall time that a test turns.
    private final class SteppedClock: WallClock {
        private let moment = Mutex(RetentionLoopTests.morning)

        var now: Date { moment.withLock { $0 } }

        func advance(days: Double) { moment.withLock { $0 += days * RetentionLoopTests.day } }
    }

    private struct NoLogEvents: LogEventSink {
        func emit(_ event: Daybook.LogEvent) {}
    }

    /// A data folder with closed envelopes of 91 days, 90 days to the second, and 30 days ago.
    private func withEnvelopes(_ body: (OpenDataFolder) async throws -> Void) async throws {
        try await withFolder { url in
            let folder = try DataFolder.open(at: url.appending(path: "data").path)
            for (id, days) in [("old", 91.0), ("due", 90), ("young", 30)] {
                let time = Self.morning.addingTimeInterval(-days * Self.day)
                _ = try await folder.storage.write { sql in
                    try sql.run(
                        """
                        INSERT INTO envelopes (request_id, connection_id, target, body, sha256, prepared_at,
                            lease_generation, phase) VALUES ($1, 1, '/x', x'7b7d', x'00', $2, 1, 'closed')
                        """, [.text(id), .time(time)])
                }
            }
            try await body(folder)
            try folder.close()
        }
    }

    private func whole(_ folder: OpenDataFolder) async throws -> [String] {
        try await folder.storage.read { sql in
            var whole: [String] = []
            for var row in try sql.rows(
                "SELECT request_id FROM envelopes WHERE length(body) > 0 ORDER BY prepared_at", [])
            {
                whole.append(try row.text())
            }
            return whole
        }
    }

    private func loop(_ folder: OpenDataFolder, _ clock: SteppedClock, age: Duration?, _ nudge: Nudge) -> RetentionLoop
    {
        RetentionLoop(
            folder: folder, clock: clock, age: age, logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() },
            logEvents: NoLogEvents(), nudge: nudge)
    }

    private func untilAsleep(_ nudge: Nudge) async {
        while nudge.waiters == 0 { await Task.yield() }
    }

    @Test("what is older than the set age is removed at the start, and the rest once it is old enough")
    func goesByTheClock() async throws {
        try await withEnvelopes { folder in
            let (clock, nudge) = (SteppedClock(), Nudge())
            let loop = loop(folder, clock, age: .seconds(90 * Self.day), nudge)
            let running = Task { try await loop.run() }
            await untilAsleep(nudge)
            #expect(try await whole(folder) == ["due", "young"])
            for (days, left) in [(0.0, ["due", "young"]), (0.5, ["young"]), (59, ["young"]), (1, [])] {
                clock.advance(days: days)
                nudge.ring()
                await untilAsleep(nudge)
                #expect(try await whole(folder) == left, "\(days) days later")
            }
            running.cancel()
            try await running.value
        }
    }

    @Test("where all is kept for ever it removes nothing, and waits for the server's end")
    func forEver() async throws {
        try await withEnvelopes { folder in
            let (clock, nudge) = (SteppedClock(), Nudge())
            clock.advance(days: 10_000)
            let group = ServiceGroup(
                configuration: .init(
                    services: [.init(service: loop(folder, clock, age: nil, nudge))],
                    logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }))
            let running = Task { try await group.run() }
            await group.triggerGracefulShutdown()
            try await running.value
            #expect(try await whole(folder) == ["old", "due", "young"] && nudge.waiters == 0)
        }
    }
}
