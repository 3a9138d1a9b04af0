// SPDX-License-Identifier: Apache-2.0
import Daybook
import Foundation
import HTTPTransport
import HTTPTypes
import IntuitSandbox
import Synchronization
import Testing

@Suite("When QuickBooks is called in an outage that answers looks and fails at writing")
struct OutageScheduleTests {
    /// A change of the machine's clock, seconds after the outage began.
    struct Shift: Sendable, CustomTestStringConvertible {
        let at: Int
        let by: TimeInterval

        var testDescription: String { "\(by) s after \(at) s" }
    }

    private final class Moments: Sendable {
        private let moments = Mutex<[Date]>([])

        var all: [Date] { moments.withLock(\.self) }

        func note(_ moment: Date) { moments.withLock { $0.append(moment) } }
    }

    /// - Returns: The seconds from the first posting to each later call, and to the last document's being exported.
    private func moments(_ length: Int, _ shift: Shift? = nil) async throws -> (calls: [Int], drained: Int) {
        // The token must outlive a clock set forward, and one put back by an hour would have it refreshed at once: a refresh
        // takes room from the looks.
        let (world, interposer) = try World.watched(seed: 851) { $0.lifetimes.access = 86_400 }
        try await world.setUp()
        let (sandbox, calls) = (world.sandbox, Moments())
        interposer.answer { request in
            // The accounts are read anew when the clock was set.
            let path = request.head.path ?? ""
            if request.isBatch || path.contains("JournalEntry") { calls.note(sandbox.now) }
            return nil
        }
        try await world.take(try World.trade(seed: 851, count: 5))
        try sandbox.setMishaps(SandboxMishapSettings(rates: [.error500BeforeCommit: 1], routes: [.batch]))
        while interposer.count("/batch") == 0 { try await world.pass(.seconds(1)) }
        let start = try #require(calls.all.last)
        for second in 0..<length {
            if second == shift?.at { world.clock.shift(by: shift?.by ?? 0) }
            try await passASecond(world)
        }
        let seen = calls.all.filter { $0 > start }.map { Int($0.timeIntervalSince(start).rounded()) }
        try sandbox.setMishaps(SandboxMishapSettings())
        let end = sandbox.now
        while try await world.count(.exported) < 5, sandbox.now.timeIntervalSince(end) < 1_000 {
            try await passASecond(world)
        }
        let drained = Int(sandbox.now.timeIntervalSince(end).rounded())
        #expect(try await world.count(.exported) == 5)
        #expect(try await Judge.complaints(about: world) == [])
        return (seen, drained)
    }

    /// By Intuit's clock, which nobody sets.
    private func passASecond(_ world: World) async throws {
        let end = world.sandbox.now.addingTimeInterval(1)
        try await world.pass(.seconds(1))
        #expect(world.sandbox.now.timeIntervalSince(end) < 0.5)
    }

    @Test(
        "the schedule and the horizon are lengths: a clock put back or forward changes nothing",
        arguments: [2, 50, 150].flatMap { second in
            [-600.0, -100, 3_600].map { Shift(at: second, by: $0) }
        })
    func clockIsSet(shift: Shift) async throws {
        let usual = try await moments(420)
        let shifted = try await moments(420, shift)
        #expect(shifted.calls.count == usual.calls.count, "\(shifted.calls) and \(usual.calls)")
        for (one, other) in zip(shifted.calls, usual.calls) {
            #expect(abs(one - other) <= 2, "\(shifted.calls) and \(usual.calls)")
        }
        #expect(abs(shifted.drained - usual.drained) <= 3)
    }

    @Test("after the first minute no minute has more than three calls, and it drains within three minutes of the end")
    func threeCallsAMinute() async throws {
        for length in [600, 3_300] {
            let outage = try await moments(length)
            let calls = outage.calls.filter { $0 >= 60 }
            #expect(calls.count > length / 60, "it does look")
            #expect(zip(calls, calls.dropFirst(3)).allSatisfy { $1 - $0 >= 60 }, "\(calls)")
            #expect(outage.calls.filter { $0 < 60 } == [5, 10, 20, 40])
            #expect(outage.drained <= 180, "\(outage.calls.suffix(12))")
        }
    }
}
