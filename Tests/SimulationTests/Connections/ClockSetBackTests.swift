// SPDX-License-Identifier: Apache-2.0
import Daybook
import DaybookStorage
import Foundation
import HTTPTransport
import IntuitSandbox
import Testing

@Suite("A wall clock that was two hours ahead and is set right keeps nobody waiting for two hours")
struct ClockSetBackTests {
    private func setRight(_ world: World) { world.clock.shift(by: -7_200) }

    @Test("a company that was parked is posted to within ten minutes")
    func parked() async throws {
        let world = try World(WorldPlan(seed: 831))
        try await world.setUp()
        try world.lapse(true)
        try await world.take(try World.trade(seed: 831, count: 5))
        try await world.pass(.seconds(60))
        #expect(try await world.cause() == .subscriptionLapsed)
        setRight(world)
        try world.lapse(false)
        try await world.pass(.seconds(600))
        #expect(try await world.count(.exported) == 5)
        #expect(try await Judge.complaints(about: world) == [])
    }

    @Test("an outage is over within a minute of its end")
    func unreachable() async throws {
        let (world, interposer) = try World.watched(seed: 832)
        try await world.setUp()
        interposer.answer { $0.isForCompany ? .failure(.connectionFailed(sentBytes: false, reason: "refused")) : nil }
        try await world.take(try World.trade(seed: 832, count: 5))
        try await world.pass(.seconds(120))
        #expect(try await world.cause() == .quickBooksUnreachable)
        setRight(world)
        interposer.answer(nil)
        try await world.pass(.seconds(60))
        #expect(try await world.count(.exported) == 5)
        #expect(try await Judge.complaints(about: world) == [])
    }

    @Test("what is mended in QuickBooks is seen within ten minutes")
    func blocked() async throws {
        let world = try World(WorldPlan(seed: 833))
        try await world.setUp()
        try await world.closeBooks(through: try #require(CalendarDate(year: 2026, month: 12, day: 31)))
        try await world.take(try World.trade(seed: 833, count: 5))
        try await world.drain()
        #expect(try await world.count(.error) == 5)
        setRight(world)
        try await world.closeBooks(through: try #require(CalendarDate(year: 2020, month: 1, day: 1)))
        // The ten minutes, and what is left of a second.
        try await world.pass(.seconds(601))
        #expect(try await world.count(.exported) == 5)
        #expect(try await Judge.complaints(about: world) == [])
    }

    @Test("a break is told within half a minute")
    func told() async throws {
        let world = try World(WorldPlan(seed: 834))
        try await world.setUp()
        let watch = WarningWatch(
            storage: world.storage, clock: world.clock, randomness: SeededRandomness(seed: 834),
            logEvents: world.logEvents)
        let trouble = ConnectionTrouble(cause: .grantRefused, since: world.clock.now)
        let generation = try await world.grant().generation
        try await world.storage.setTrouble(trouble, on: World.connection, generation: generation, note: nil)
        _ = try await watch.step()
        setRight(world)
        for _ in 0..<2 {
            _ = try await watch.step()
            world.advance(by: .seconds(16))
        }
        let warned = LogEvent.warned(connection: World.connection, subject: .trouble, isAllClear: false)
        #expect(world.logEvents.logEvents.contains(warned))
    }

    @Test("a connection that nobody uses is renewed every day, though its last renewal lies 90 days ahead")
    func idle() async throws {
        let (world, interposer) = try World.watched(seed: 835)
        world.clock.shift(by: 90 * 86_400)
        try await world.setUp()
        world.clock.shift(by: -90 * 86_400)
        let asked = interposer.count("/tokens/bearer")
        for _ in 0..<3 { try await world.keep(for: .seconds(86_400)) }
        #expect((3...4).contains(interposer.count("/tokens/bearer") - asked))
        let clocks = try await world.stored().grant
        #expect(try #require(clocks).idleExpiresAt < world.clock.now.addingTimeInterval(102 * 86_400))
    }

    @Test("an ended connection is shown within a minute, though the clock was put back after the first refusal")
    func ended() async throws {
        let (world, interposer) = try World.watched(seed: 836)
        try await world.setUp()
        world.advance(by: .seconds(4_000))
        interposer.answer { $0.isForTokens ? .status(400, #"{"error":"invalid_grant"}"#) : nil }
        _ = try await world.worker.keeper.token(for: World.connection)
        #expect(world.worker.keeper.pendingRefusal(of: World.connection) != nil)
        setRight(world)
        try await world.keep(for: .seconds(60))
        #expect(try await world.stored().status == .broken)
    }

    @Test("no other program is suspected because of it, in daily use", arguments: [-10_800.0, 7_200, 36_000])
    func suspectsNobodyInUse(ahead: Double) async throws {
        let (world, _) = try World.watched(seed: 837)
        world.clock.shift(by: ahead)
        try await world.setUp()
        world.clock.shift(by: -ahead)
        for _ in 0..<100 {
            world.advance(by: .seconds(2_500))
            _ = try await world.worker.keeper.token(for: World.connection)
        }
        #expect(try await world.notes(.rotated) > 0)
        #expect(try await world.notes(.warned) == 0)
    }

    @Test("nor when nobody uses the connection", arguments: [-72_000.0, -10_800])
    func suspectsNobodyIdle(ahead: Double) async throws {
        let (world, _) = try World.watched(seed: 838)
        world.clock.shift(by: ahead)
        try await world.setUp()
        world.clock.shift(by: -ahead)
        for _ in 0..<5 { try await world.keep(for: .seconds(86_400)) }
        #expect(try await world.notes(.rotated) > 0)
        #expect(try await world.notes(.warned) == 0)
    }
}
