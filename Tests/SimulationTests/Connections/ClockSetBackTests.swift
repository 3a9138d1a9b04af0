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
        try await world.pass(.seconds(600))
        #expect(try await world.count(.exported) == 5)
        #expect(try await Judge.complaints(about: world) == [])
    }

    @Test("a break is told within half a minute")
    func told() async throws {
        let world = try World(WorldPlan(seed: 834))
        try await world.setUp()
        let watch = WarningWatch(
            storage: world.storage, clock: world.clock, randomness: SeededRandomness(seed: 834),
            notices: world.notices)
        let trouble = ConnectionTrouble(cause: .grantRefused, since: world.clock.now)
        let generation = try await world.grant().generation
        try await world.storage.setTrouble(trouble, on: World.connection, generation: generation, note: nil)
        _ = try await watch.step()
        setRight(world)
        for _ in 0..<2 {
            _ = try await watch.step()
            world.advance(by: .seconds(16))
        }
        let warned = Notice.warned(connection: World.connection, subject: .trouble, isAllClear: false)
        #expect(world.notices.notices.contains(warned))
    }
}
