// SPDX-License-Identifier: Apache-2.0
import Daybook
import Foundation
import IntuitSandbox

/// A day's transactions drained while six calls in ten go wrong, and its twin without a fault.
struct HardDay {
    struct Drain: Sendable {
        /// From the intake to the last answer that settled something.
        var seconds: TimeInterval = 0
        /// Envelopes whose outcome was unknown.
        var unanswered = 0
        var mostInDoubt = 0
        var exported = 0
        var complaints: [String] = []
    }

    struct Result: Sendable {
        let seed: UInt64
        let quiet: Drain
        let hard: Drain

        var doubles: Int {
            hard.complaints.count { $0.contains("times in QuickBooks") || $0.contains("unknown marker") }
        }
        var missing: Int { hard.complaints.count { $0.contains("missing in QuickBooks") } }

        /// Three times the time without faults, and a horizon for each envelope without a certain answer: they follow each
        /// other.
        var bound: TimeInterval { 3 * quiet.seconds + Double(hard.unanswered) * HardDay.horizon.seconds }
    }

    /// How many envelopes should go unanswered: the bound must not grow with a mistake that makes more of them.
    ///
    /// Six calls in ten get no certain answer. Of these envelopes 27.5 of 60 were carried out all the same, so one of thirty
    /// documents is done after 1 ÷ 0.675 tries; and each that was unanswered is followed by documents that go alone, until one
    /// of them is answered: 1.5 more that are not.
    var expectedUnanswered: Double { Double(documents) / 30 / 0.675 * 0.6 * (1 + 1.5) }

    static let horizon = Duration.seconds(130)
    static let rates: [SandboxMishap: Double] = [
        .answerDroppedAfterCommit: 0.075, .droppedBeforeCommit: 0.075, .error500BeforeCommit: 0.15,
        .committedLate: 0.1, .unavailable503AfterCommit: 0.1, .webPage200: 0.1,
    ]

    let seed: UInt64
    let documents: Int

    func live() async throws -> Result {
        Result(seed: seed, quiet: try await drain([:]), hard: try await drain(Self.rates))
    }

    private func drain(_ rates: [SandboxMishap: Double]) async throws -> Drain {
        var random = SeededGenerator(seed: seed &+ 99)
        var plan = WorldPlan(seed: seed)
        plan.mishaps = SandboxMishapSettings(
            rates: rates, seed: seed, requestIDs: SandboxRequestIDs.allCases.randomElement(using: &random) ?? .ignored)
        plan.refusesTakenNumbers = random.happens(0.5)
        plan.inFlightHorizon = Self.horizon
        let world = try World(plan)
        try await world.setUp()
        try await world.refuseTakenNumbers(plan.refusesTakenNumbers)
        try world.sandbox.setMishaps(plan.mishaps)
        let began = world.sandbox.now
        try await world.take(try World.trade(seed: seed, count: documents))
        try await world.drain(most: 1_000_000)
        var drain = Drain(seconds: world.sandbox.now.timeIntervalSince(began))
        drain.unanswered = world.logEvents.logEvents.count { notice in
            if case .outcomeUnknown = notice { true } else { false }
        }
        drain.mostInDoubt = world.envelopes.mostOnTheirWay
        drain.exported = try await world.count(.exported)
        drain.complaints = try await Judge.complaints(about: world)
        return drain
    }
}
