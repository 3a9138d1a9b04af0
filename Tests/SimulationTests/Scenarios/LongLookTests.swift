// SPDX-License-Identifier: Apache-2.0
import Daybook
import DaybookStorage
import Foundation
import IntuitSandbox
import QuickBooks
import Synchronization
import Testing

@Suite("A long look")
struct LongLookTests {
    private func world(_ count: Int, _ change: (inout WorldPlan) -> Void = { _ in }) async throws -> World {
        var plan = WorldPlan(seed: 31)
        change(&plan)
        let world = try World(plan)
        try await world.setUp()
        try await world.take(try World.trade(seed: 31, count: count))
        return world
    }

    private func look(_ world: World) async throws -> MarkerLook? {
        try await world.storage.agenda(
            for: World.connection, now: world.clock.now, longestLookWait: .seconds(130), limit: 30
        ).markerLook
    }

    /// Others' entries, as many as make several pages, and one of ours with another number.
    private func crowd(_ world: World, entries: Int) async throws {
        let ours = try #require(try await world.journalEntries().last)
        try await world.calmly { client in
            var renumbered = ours
            renumbered.docNumber = "CHANGED"
            _ = try await client.update(renumbered)
            for number in 0..<entries {
                _ = try await client.create(
                    JournalEntry(
                        docNumber: "OTHER-\(number)", txnDate: ours.txnDate, privateNote: "by hand",
                        lines: ours.lines))
            }
        }
        for number in 0..<entries { world.othersDocuments.insert("OTHER-\(number)") }
    }

    @Test("of several pages, three of them answered 429, with a stop in the middle: it goes on where it was")
    func stoppedAndThrottled() async throws {
        let world = try await world(10)
        world.sandbox.nextMishap(.answerDroppedAfterCommit, route: .batch)
        var isCrowded = false
        var reached = 0
        try await world.drain(between: {
            if !isCrowded, try await world.count(.checking) > 0 {
                isCrowded = true
                try await crowd(world, entries: 620)
                return true
            }
            guard reached == 0, let place = try await look(world)?.position, place > 1 else { return false }
            reached = place
            world.sandbox.nextMishap(.throttled429, count: 3, route: .read)
            try await world.restart()
            #expect(try await look(world)?.position == place)
            return true
        })
        #expect(isCrowded && reached > 1)
        #expect(try await world.count(.exported) == 10)
        #expect(world.envelopes.envelopes.count == 1, "what was renumbered was found, not sent again")
    }

    @Test("whose pages are too large for an answer reads smaller ones, and settles")
    func largeEntries() async throws {
        let made = Mutex<SlowPages?>(nil)
        let world = try await world(3) { plan in
            plan.interposed = { inner in
                let slow = SlowPages(inner, most: 70)
                made.withLock { $0 = slow }
                return slow
            }
        }
        world.sandbox.nextMishap(.answerDroppedAfterCommit, route: .batch)
        var isCrowded = false
        try await world.drain(between: {
            guard !isCrowded, try await world.count(.checking) > 0 else { return false }
            isCrowded = true
            try await crowd(world, entries: 200)
            // Not before: the survey at the start reads pages of its own.
            made.withLock { $0?.begin() }
            return true
        })
        #expect(try #require(made.withLock { $0 }).unanswered > 2)
        #expect(try await world.count(.exported) == 3)
        #expect(world.envelopes.envelopes.count == 1, "what was renumbered was found, not sent again")
    }

    @Test(
        "finds what was renumbered by QuickBooks' clock, however wrong this machine's is",
        arguments: [-86_400.0, -3_600, -400, 0, 400, 3_600, 86_400])
    func wrongClock(offset: TimeInterval) async throws {
        let world = try await world(10) { $0.clockOffset = offset }
        world.sandbox.nextMishap(.answerDroppedAfterCommit, route: .batch)
        var isCrowded = false
        try await world.drain(between: {
            guard !isCrowded, try await world.count(.checking) > 0 else { return false }
            isCrowded = true
            try await crowd(world, entries: 3)
            // It knows nothing of the clocks then.
            try await world.restart()
            return true
        })
        #expect(isCrowded)
        #expect(try await world.count(.exported) == 10)
        #expect(world.envelopes.envelopes.count == 1, "what was renumbered was found, not sent again")
    }

    @Test("that finds two documents with one marker adopts neither: a person is told of both")
    func doubles() async throws {
        let world = try await world(3)
        try await world.refuseTakenNumbers(false)
        world.sandbox.nextMishap(.answerDroppedAfterCommit, route: .batch)
        var isDoubled = false
        try await world.drain(between: {
            guard !isDoubled, try await world.count(.checking) > 0 else { return false }
            isDoubled = true
            let export = try #require(try await world.rows().first?.export)
            try await world.enterByHand(
                number: export.documentNumber.text, on: export.date, note: export.id.marker)
            return true
        })
        let failures = try await world.rows().compactMap { row -> String? in
            guard case .error(.foreignDocument(let ids, let words)) = row.export.progress.state else { return nil }
            #expect(words.contains("2 times"))
            return ids
        }
        #expect(failures.count == 1 && failures[0].split(separator: ", ").count == 2)
        #expect(world.logEvents.logEvents.contains { if case .doubleFound = $0 { true } else { false } })
        #expect(try await world.count(.exported) == 2)
    }
}
