// SPDX-License-Identifier: Apache-2.0
import Daybook
import Foundation
import IntuitSandbox

/// A drain in the middle of which Intuit is out of order, over a full queue.
///
/// The seed fixes the outage, the moment it begins, what becomes of the envelope before it, what Intuit makes of repeated
/// request ids, and how the two clocks differ.
struct OutageLife {
    struct Result: Sendable {
        let seed: UInt64
        let outage: Outage
        var mostInDoubt = 0
        /// After the outage's first minute.
        var mostCallsAMinute = 0
        /// Seconds from the end of the outage to the first batch that was answered.
        var beganAfter: TimeInterval = 0
        /// While it drained afterwards.
        var batchesAMinute = 0.0
        var drainedAfter: TimeInterval = 0
        var errors = 0
        var complaints: [String] = []

        var doubles: Int { complaints.count { $0.contains("times in QuickBooks") || $0.contains("unknown marker") } }
        var missing: Int { complaints.count { $0.contains("missing in QuickBooks") } }
    }

    let seed: UInt64
    let documents: Int

    func live() async throws -> Result {
        let outage = Outage(seed: seed)
        let world = try world()
        try await world.setUp()
        try await world.refuseTakenNumbers(world.plan.refusesTakenNumbers)
        try world.sandbox.setMishaps(world.plan.mishaps)
        let warmUp = 60 + 30 * Int(world.random.next() % 8)
        let trade = try World.trade(seed: seed, count: warmUp + documents)
        try await world.take(Array(trade.prefix(warmUp)))
        try await world.pass(.seconds(Double.random(in: 2...20, using: &world.random)))
        if let last = lastBefore(&world.random) {
            try await world.take(Array(trade.dropFirst(warmUp).prefix(30)))
            world.sandbox.nextMishap(last, route: .batch)
            try await world.pass(.seconds(3))
        }
        let began = world.sandbox.now
        try outage.begin(in: world, mishaps: world.plan.mishaps)
        try await world.take(Array(trade.dropFirst(world.transactions.count)))
        try await world.pass(outage.length.duration)
        let ended = began.addingTimeInterval(outage.length.duration.seconds)
        try outage.end(in: world, mishaps: world.plan.mishaps)
        try await world.drain(most: 100_000)
        return try await result(outage, world, began: began, ended: ended)
    }

    private func world() throws -> World {
        var random = SeededGenerator(seed: seed &+ 77)
        var plan = WorldPlan(seed: seed)
        plan.mishaps.requestIDs = SandboxRequestIDs.allCases.randomElement(using: &random) ?? .honoured
        plan.mishaps.seed = seed
        plan.refusesTakenNumbers = random.happens(0.5)
        plan.clockOffset = [0, -120, 120].randomElement(using: &random) ?? 0
        plan.cutShare = random.happens(0.5) ? 0.5 : 1
        return try World(plan)
    }

    /// What befalls the last envelope before the outage.
    private func lastBefore(_ random: inout some RandomNumberGenerator) -> SandboxMishap? {
        let all: [SandboxMishap?] = [
            nil, .answerDroppedAfterCommit, .droppedBeforeCommit, .committedLate, .unavailable503AfterCommit,
        ]
        return all.randomElement(using: &random) ?? nil
    }

    private func result(_ outage: Outage, _ world: World, began: Date, ended: Date) async throws -> Result {
        var result = Result(seed: seed, outage: outage)
        result.mostInDoubt = world.envelopes.mostOnTheirWay
        result.mostCallsAMinute = world.door.mostInAMinute(from: began.addingTimeInterval(60), to: ended)
        let answered = world.door.answeredBatches(since: ended)
        guard let first = answered.first, let last = answered.last else {
            throw WorldIsStuck("no batch was answered after the outage")
        }
        result.beganAfter = first.timeIntervalSince(ended)
        result.drainedAfter = last.timeIntervalSince(ended)
        // The first is the document that goes alone.
        let stream = answered.dropFirst()
        if stream.count > 1, let start = stream.first, last > start {
            result.batchesAMinute = Double(stream.count - 1) / last.timeIntervalSince(start) * 60
        }
        result.errors = world.logEvents.logEvents.count { notice in
            if case .settled(_, .error) = notice { true } else { false }
        }
        result.complaints = try await Judge.complaints(about: world)
        return result
    }
}
