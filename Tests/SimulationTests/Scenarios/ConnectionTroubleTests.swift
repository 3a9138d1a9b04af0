// SPDX-License-Identifier: Apache-2.0
import Daybook
import DaybookStorage
import Foundation
import IntuitSandbox
import Testing

@Suite("A connection's trouble never puts a transaction in Error")
struct ConnectionTroubleTests {
    private func world(_ count: Int, seed: UInt64 = 8) async throws -> World {
        let world = try World(WorldPlan(seed: seed))
        try await world.setUp()
        try await world.take(try World.trade(seed: seed, count: count))
        return world
    }

    private func trouble(_ world: World) async throws -> ConnectionTrouble.Cause? {
        try await world.storage.connection(World.connection)?.trouble?.cause
    }

    @Test("the user who connected was removed: all wait, and go out without a reset once somebody connects again")
    func userRemoved() async throws {
        let world = try await world(40)
        try world.removeUser(true)
        try await world.pass(.seconds(7_200))
        #expect(try await world.counts().filter { $0.value > 0 && $0.key != .pending && $0.key != .exporting }.isEmpty)
        #expect(try await world.storage.connection(World.connection)?.status == .broken)
        try world.removeUser(false)
        try await world.connect()
        try await world.drain()
        #expect(try await world.count(.exported) == 40)
        #expect(try await trouble(world) == nil)
        #expect(try await Judge.complaints(about: world) == [])
    }

    @Test("the subscription lapsed: all wait, it is tried now and then, and goes on by itself after renewal")
    func subscriptionLapsed() async throws {
        let world = try await world(40)
        try world.lapse(true)
        try await world.pass(.seconds(3_600))
        #expect(try await world.count(.error) == 0)
        #expect(try await trouble(world) == .subscriptionLapsed)
        let tried = world.sandbox.counters.apiRequests
        #expect(tried < 40, "it is no storm")
        try world.lapse(false)
        try await world.pass(.seconds(700))
        #expect(try await world.count(.exported) == 40)
        #expect(try await trouble(world) == nil)
        #expect(try await Judge.complaints(about: world) == [])
    }

    @Test("Intuit is down for an hour: all go out by themselves afterwards")
    func outage() async throws {
        let world = try await world(40)
        try world.sandbox.setMishaps(
            SandboxMishapSettings(rates: [.unavailable503HTML: 1], routes: Set(SandboxRoute.allCases)))
        try await world.pass(.seconds(60))
        let requests = world.sandbox.counters.apiRequests
        for _ in 0..<59 {
            try await world.pass(.seconds(60))
            #expect(try await world.count(.checking) <= 30, "no more than one envelope is in doubt")
        }
        #expect(world.sandbox.counters.apiRequests - requests <= 3 * 59)
        #expect(try await world.count(.error) == 0)
        try world.sandbox.setMishaps(SandboxMishapSettings())
        try await world.drain()
        #expect(try await world.count(.exported) == 40)
        #expect(try await Judge.complaints(about: world) == [])
    }

    @Test("a batch that Intuit did not carry out goes again: the same request id, the same bytes", arguments: [1, 3])
    func sentAgain(times: Int) async throws {
        let world = try await world(20)
        world.sandbox.nextMishap(.throttled429, count: times, route: .batch)
        try await world.drain()
        let envelope = try #require(world.envelopes.envelopes.first)
        #expect(world.envelopes.envelopes.count == 1)
        #expect(world.wire.sends(of: envelope.requestID) == times + 1)
        #expect(try await Judge.complaints(about: world) == [])
    }

    @Test("with the connection idle for 40 days, daily refreshes keep it, rotations and all")
    func kept() async throws {
        let world = try await world(5)
        try await world.drain()
        for _ in 0..<40 { try await world.pass(.seconds(86_400)) }
        try await world.take(try World.trade(seed: 99, count: 5))
        try await world.drain()
        #expect(try await world.count(.exported) == 10)
        let rotations = world.logEvents.logEvents.count { notice in
            if case .refreshed(_, rotated: true, _) = notice { true } else { false }
        }
        #expect(rotations >= 15)
    }

    @Test("the answer that carried the rotated token is lost: posting waits until somebody connects again")
    func rotationLost() async throws {
        let world = try await world(5)
        try await world.drain()
        world.advance(by: .seconds(90_000))
        world.sandbox.nextMishap(.answerDroppedAfterCommit, route: .token)
        try await world.take(try World.trade(seed: 98, count: 5))
        await #expect(throws: WorldIsStuck.self) { try await world.drain() }
        #expect(try await trouble(world) == .answerLost)
        #expect(try await world.count(.pending) == 5)
        try await world.connect()
        try await world.drain()
        #expect(try await world.count(.exported) == 10)
    }
}
