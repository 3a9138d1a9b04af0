// SPDX-License-Identifier: Apache-2.0
import Daybook
@testable import DaybookCLI
import DaybookStorage
import Foundation
import Logging
import Synchronization
import Testing

@Suite("The loop that calls the steps", .timeLimit(.minutes(15)))
struct StepLoopTests {
    private struct Refused: Error {}

    /// Runs the loop until a step cancels it, and counts the steps.
    private func steps(
        _ nudge: Nudge = Nudge(), longestSleep: Duration = .seconds(1), logEvents: Heard = Heard(),
        _ step: @escaping @Sendable (Int) async throws -> Wake
    ) async throws -> Int {
        let count = Mutex(0)
        let silent = Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }
        let loop = StepLoop(
            name: "test", clock: SystemClock(), nudge: nudge, logger: silent, logEvents: logEvents,
            longestSleep: longestSleep
        ) {
            let number = count.withLock { count in
                count += 1
                return count
            }
            return try await step(number)
        }
        try await loop.run()
        return count.withLock { $0 }
    }

    private final class Heard: LogEventSink {
        private let troubles = Mutex(0)

        var storageTroubles: Int { troubles.withLock { $0 } }

        func emit(_ event: Daybook.LogEvent) {
            if case .storageTrouble = event { troubles.withLock { $0 += 1 } }
        }
    }

    private static func stop() -> Wake {
        withUnsafeCurrentTask { $0?.cancel() }
        return .now
    }

    @Test("it goes on at once while there is more to do, and ends when it is cancelled")
    func now() async throws {
        let count = try await Task { try await steps { $0 == 100 ? Self.stop() : .now } }.value
        #expect(count == 100)
    }

    @Test("a ring during a step is not slept over, however late the step wants to be called again")
    func ringDuringStep() async throws {
        let nudge = Nudge()
        // One ring slept over would outlast the suite's time limit.
        let count = try await Task {
            try await steps(nudge, longestSleep: .seconds(3600)) { step in
                if step == 50 { return Self.stop() }
                nudge.ring()
                return step.isMultiple(of: 2) ? .idle : .at(.distantFuture)
            }
        }.value
        #expect(count == 50)
    }

    @Test("rings in quick succession, as transactions that come in make them, do not cause a step each")
    func ringingAgainAndAgain() async throws {
        let nudge = Nudge()
        let began = ContinuousClock.now
        let count = try await Task {
            try await steps(nudge, longestSleep: .seconds(3600)) { step in
                if step == 11 { return Self.stop() }
                nudge.ring()
                return .idle
            }
        }.value
        #expect(count == 11)
        #expect(ContinuousClock.now - began >= .milliseconds(500), "ten rests")
    }

    @Test("scenario 5: a failing database or journal gets a notice, other failures do not")
    func storageTrouble() async throws {
        let (nudge, heard) = (Nudge(), Heard())
        let count = try await Task {
            try await steps(nudge, logEvents: heard) { step in
                if step == 4 { return Self.stop() }
                nudge.ring()
                switch step {
                case 1: throw StorageFailure(.diskFull)
                case 2: throw TokenJournalFailure.recordUnreadable
                default: throw Refused()
                }
            }
        }.value
        #expect(count == 4 && heard.storageTroubles == 2)
    }

    private final class Condition: StorageCondition {
        private let kept = Mutex<StorageTrouble?>(.full)

        var trouble: StorageTrouble? { kept.withLock { $0 } }

        func end() { kept.withLock { $0 = nil } }
    }

    @Test("while nothing can be written it takes no step, and goes on when that is over")
    func waitsForTheDisk() async throws {
        let (condition, nudge, count) = (Condition(), Nudge(), SharedCount())
        let silent = Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }
        let loop = StepLoop(
            name: "test", clock: SystemClock(), nudge: nudge, logger: silent, logEvents: Heard(), condition: condition
        ) {
            count.add()
            return Self.stop()
        }
        let running = Task { try await loop.run() }
        while nudge.waiters == 0 { await Task.yield() }
        #expect(count.value == 0)
        condition.end()
        nudge.ring()
        try await running.value
        #expect(count.value == 1)
    }

    @Test("a disk that does not keep what was written ends the loop, with a notice", arguments: [true, false])
    func diskFailed(isDatabase: Bool) async throws {
        let heard = Heard()
        await #expect(throws: (any Error).self) {
            try await steps(logEvents: heard) { _ in
                if isDatabase { throw StorageFailure(.syncFailed) }
                throw TokenJournalFailure.notDurable
            }
        }
        #expect(heard.storageTroubles == 1)
    }

    @Test("a step that fails is called again")
    func failure() async throws {
        let nudge = Nudge()
        let count = try await Task {
            try await steps(nudge) { step in
                if step == 3 { return Self.stop() }
                nudge.ring()
                throw Refused()
            }
        }.value
        #expect(count == 3)
    }

    @Test("a disk that did not confirm a write ends the loop at once")
    func syncFailure() async throws {
        await #expect(throws: StorageFailure(.syncFailed)) {
            _ = try await steps { _ in throw StorageFailure(.syncFailed) }
        }
    }

    @Test("cancelled in its sleep it ends without another step")
    func cancelledAsleep() async throws {
        let asleep = Mutex(false)
        let running = Task {
            try await steps { _ in
                asleep.withLock { $0 = true }
                return .idle
            }
        }
        while !asleep.withLock({ $0 }) { await Task.yield() }
        running.cancel()
        #expect(try await running.value == 1)
    }
}
