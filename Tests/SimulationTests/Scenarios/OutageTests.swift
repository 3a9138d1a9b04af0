// SPDX-License-Identifier: Apache-2.0
import Daybook
import DaybookStorage
import Foundation
import IntuitSandbox
import Testing

@Suite("An outage of Intuit")
struct OutageTests {
    private static let count = 90

    private func world(_ change: (inout WorldPlan) -> Void = { _ in }) async throws -> World {
        var plan = WorldPlan(seed: 21)
        change(&plan)
        let world = try World(plan)
        try await world.setUp()
        try await world.take(try World.trade(seed: 21, count: Self.count))
        return world
    }

    /// - Returns: The most documents that were Checking at the end of a minute.
    private func mostInDoubt(_ world: World, minutes: Int) async throws -> Int {
        var most = 0
        for _ in 0..<minutes {
            try await world.pass(.seconds(60))
            most = max(most, try await world.count(.checking))
        }
        return most
    }

    @Test(
        "however it answers: one envelope in doubt, three calls a minute, and it drains within three minutes of the end",
        arguments: [SandboxMishap.unavailable503HTML, .error500BeforeCommit, .droppedBeforeCommit, .cutBody],
        [Set(SandboxRoute.allCases).subtracting([.token]), [.batch]])
    func anHour(mishap: SandboxMishap, routes: Set<SandboxRoute>) async throws {
        let world = try await world()
        // The catalog is read before: the outage begins with an envelope.
        try world.sandbox.setMishaps(SandboxMishapSettings(rates: [mishap: 1], routes: [.batch]))
        try await world.pass(.seconds(4))
        try world.sandbox.setMishaps(SandboxMishapSettings(rates: [mishap: 1], routes: routes))
        var most = try await mostInDoubt(world, minutes: 1)
        let requests = world.sandbox.counters.apiRequests
        most = max(most, try await mostInDoubt(world, minutes: 59))
        #expect((1...30).contains(most), "\(most) in doubt")
        #expect(world.sandbox.counters.apiRequests - requests <= 3 * 59)
        #expect(try await world.count(.error) == 0)
        let exported = try await world.count(.exported)
        try world.sandbox.setMishaps(SandboxMishapSettings())
        try await world.pass(.seconds(180))
        // With each answer cut after the commit, all of it may have been found in that hour.
        #expect(try await world.count(.exported) > exported || exported == Self.count, "it drains again")
        try await world.drain()
        #expect(try await world.count(.exported) == Self.count)
        #expect(try await Judge.complaints(about: world) == [])
    }

    @Test("it outlives a restart: nothing but looks goes out before everything is found or proven absent")
    func restarted() async throws {
        let world = try await world()
        try world.sandbox.setMishaps(SandboxMishapSettings(rates: [.unavailable503HTML: 1], routes: [.batch]))
        try await world.pass(.seconds(20))
        let sent = world.envelopes.envelopes.count
        #expect(sent == 1)
        for _ in 0..<3 {
            try await world.restart()
            try await world.pass(.seconds(20))
        }
        #expect(world.envelopes.envelopes.count == sent)
        let agenda = try await world.storage.agenda(
            for: World.connection, now: world.clock.now, longestLookWait: .seconds(130), limit: 30)
        #expect(!agenda.sending.breaker.isClosed)
        try world.sandbox.setMishaps(SandboxMishapSettings())
        try await world.drain()
        #expect(try await Judge.complaints(about: world) == [])
    }

    private func gate(_ world: World, bytes: Int) throws {
        try world.sandbox.breakConnection(
            .apiTooLarge, SandboxBreakingTarget(seconds: .seconds(30 * 86_400), bytes: bytes))
    }

    @Test("413: envelopes are halved, nothing is in doubt or in Error, all go out")
    func bodyLimit() async throws {
        let world = try await world()
        try gate(world, bytes: 6_000)
        try await world.drain()
        #expect(try await world.count(.exported) == Self.count)
        let sent = world.envelopes.envelopes
        #expect(sent.contains { $0.request.body.count > 6_000 }, "some were refused")
        #expect(sent.contains { $0.items.count > 1 && $0.request.body.count <= 6_000 }, "halved, not sent alone")
        #expect(
            !world.logEvents.logEvents.contains { if case .outcomeUnknown = $0 { true } else { false } },
            "nothing in doubt"
        )
        #expect(try await Judge.complaints(about: world) == [])
    }

    @Test("413 for everything that has a body is an outage: all wait, none is in Error, three calls a minute")
    func everythingTooLarge() async throws {
        let world = try await world()
        try gate(world, bytes: 0)
        try await world.pass(.seconds(60))
        let sent = world.envelopes.envelopes.count
        for _ in 0..<60 { try await world.pass(.seconds(60)) }
        #expect(world.envelopes.envelopes.count - sent <= 3 * 60)
        #expect(try await world.count(.pending) == Self.count)
        try world.sandbox.mend(.allWell)
        try await world.drain()
        #expect(try await world.count(.exported) == Self.count)
        #expect(try await Judge.complaints(about: world) == [])
    }
}
