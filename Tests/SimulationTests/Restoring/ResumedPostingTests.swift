// SPDX-License-Identifier: Apache-2.0
import Daybook
import DaybookStorage
import Foundation
import QuickBooks
import Testing

@Suite("Posting that a person lets go on")
struct ResumedPostingTests {
    private static func world(seed: UInt64) async throws -> World {
        var plan = WorldPlan(seed: seed)
        plan.usesFile = true
        let world = try World(plan)
        try await world.setUp()
        try await world.refuseTakenNumbers(false)
        return world
    }

    /// Somebody makes a second journal entry with the memo of one of ours; the next start finds more to send.
    private static func doubled(_ world: World, number: String?) async throws -> JournalEntry {
        let trade = try World.trade(seed: world.plan.seed, count: 40)
        try await world.take(Array(trade.prefix(20)))
        try await world.drain()
        let ours = try await world.journalEntries().filter { $0.privateNote?.hasPrefix("Daybook ") == true }
        let last = try #require(ours.max { Int($0.id ?? "") ?? 0 < Int($1.id ?? "") ?? 0 })
        let day = try #require(CalendarDate(text: "2026-11-05"))
        try await world.enterByHand(number: try #require(number ?? last.docNumber), on: day, note: last.privateNote)
        try await world.take(Array(trade.suffix(20)))
        try await world.restart()
        return last
    }

    @Test("goes on at every start after it, although both documents of the double stay, as after a reversal")
    func reversed() async throws {
        let world = try await Self.world(seed: 301)
        let kept = try await Self.doubled(world, number: nil)
        try await world.pass(.seconds(300))
        let stop = try #require(try await world.storage.postingStop(of: World.connection))
        #expect(stop.explanation.contains(", keep \(kept.id ?? ""), which Daybook knows as posted)"))
        #expect(try await world.count(.exported) == 20, "it has stopped")
        // The period is closed: the bookkeeper reverses the second one and deletes nothing.
        try await world.storage.resumePosting(by: .command("bookkeeper"), at: world.clock.now)
        for _ in 0..<2 {
            try await world.restart()
            try await world.drain()
            #expect(try await world.storage.postingStop(of: World.connection) == nil)
        }
        #expect(try await world.count(.exported) == 40)
    }

    @Test("is not stopped by a copy that a person made in QuickBooks: it keeps the memo and has another number")
    func copied() async throws {
        let world = try await Self.world(seed: 302)
        _ = try await Self.doubled(world, number: "COPY-1")
        try await world.drain()
        #expect(try await world.storage.postingStop(of: World.connection) == nil)
        #expect(try await world.count(.exported) == 40)
    }

    @Test("a restored copy noticed by a clock that was a year ahead looks everything up once, and posts")
    func wrongClock() async throws {
        let world = try await Self.world(seed: 303)
        let noticed = world.clock.now.addingTimeInterval(365 * 86_400)
        try await world.storage.notice(CopyNotice(sign: .copied), at: noticed)
        try await world.take(try World.trade(seed: 303, count: 40))
        let start = world.clock.now
        try await world.drain()
        #expect(try await world.count(.exported) == 40)
        #expect(world.clock.now.timeIntervalSince(start) < 300, "a horizon and the looks")
        let looked = world.logEvents.logEvents.reduce(0) { sum, notice in
            if case .looked(_, let documents, _) = notice { sum + documents } else { sum }
        }
        #expect(looked == 80, "each once by its number and once by its marker")
        #expect(try await Judge.complaints(about: world) == [])
    }
}
