// SPDX-License-Identifier: Apache-2.0
import Daybook
import Foundation
import IntuitSandbox
import QuickBooks
import Testing

@Suite("What keeps transactions from being posted")
struct ProblemTests {
    private func world(_ count: Int, seed: UInt64 = 16) async throws -> World {
        let world = try World(WorldPlan(seed: seed))
        try await world.setUp()
        try await world.take(try World.trade(seed: seed, count: count))
        return world
    }

    private func day(_ year: Int, _ month: Int, _ day: Int) throws -> CalendarDate {
        try #require(CalendarDate(year: year, month: month, day: day))
    }

    @Test("a closed period is found before anything is sent, and left as soon as somebody reopens it")
    func closedPeriod() async throws {
        let world = try await world(20)
        try await world.closeBooks(through: day(2026, 12, 31))
        try await world.drain()
        #expect(try await world.count(.error) == 20)
        #expect(world.envelopes.envelopes.isEmpty)
        #expect(try await world.errorWords().allSatisfy { $0.contains("Reopen the period") })
        let calls = world.sandbox.counters.apiRequests
        try await world.pass(.seconds(3_600))
        #expect(world.sandbox.counters.apiRequests - calls < 40, "it is no storm")
        try await world.closeBooks(through: day(2020, 1, 1))
        try await world.pass(.seconds(1_300))
        #expect(try await world.count(.exported) == 20)
        #expect(try await Judge.complaints(about: world) == [])
    }

    @Test("a period closed a moment ago is refused by QuickBooks; after reopening, a reset sends it")
    func closedAtTheLastMoment() async throws {
        let world = try await world(5)
        try await world.drain()
        try await world.closeBooks(through: day(2026, 12, 31))
        try await world.take(try World.trade(seed: 17, count: 5))
        try await world.drain()
        #expect(try await world.count(.error) == 5)
        #expect(try await world.errorWords().allSatisfy { $0.contains("Reset for export") })
        #expect(try await Judge.complaints(about: world) == [])
        try await world.closeBooks(through: day(2020, 1, 1))
        let outcomes = try await world.worker.desk.queue.reset(.inState(.error), by: .command("bookkeeper"))
        #expect(outcomes.allSatisfy { $0.result == .changed(.pending) })
        try await world.drain()
        #expect(try await world.count(.exported) == 10)
        #expect(try await Judge.complaints(about: world) == [])
    }

    @Test("an inactive account blocks only what needs it, and lets go once it is active again")
    func inactiveAccount() async throws {
        let world = try await world(40)
        try await world.setAccount("2100", active: false)
        try await world.drain()
        let blocked = try await world.count(.error)
        #expect(blocked > 0 && blocked < 40)
        #expect(try await world.errorWords().count == 1)
        #expect(try await world.errorWords().first?.contains("2100") == true)
        #expect(try await Judge.complaints(about: world) == [])
        try await world.setAccount("2100", active: true)
        try await world.pass(.seconds(1_300))
        #expect(try await world.count(.exported) == 40)
        #expect(try await Judge.complaints(about: world) == [])
    }

    @Test("a missing account number is named with its role, and saving it sends what waited")
    func missingNumber() async throws {
        let world = try await world(40)
        var books = try World.books()
        books.numbers[.defaults, AccountRole(.securityDeposits)] = nil
        try await world.worker.desk.books.save(books, by: .command("bookkeeper"))
        try await world.drain()
        #expect(try await world.count(.error) > 0)
        #expect(try await world.errorWords().first?.contains("Security deposits held") == true)
        try await world.worker.desk.books.save(try World.books(), by: .command("bookkeeper"))
        try await world.drain()
        #expect(try await world.count(.exported) == 40)
        #expect(try await Judge.complaints(about: world) == [])
    }

    @Test("another's document with our number goes to a person, is never adopted, and a reset goes on from there")
    func foreignNumber() async throws {
        let world = try await world(5)
        let row = try #require(try await world.rows().first)
        let number = row.export.documentNumber.text
        try await world.enterByHand(number: number, on: row.export.date, amount: row.export.total.decimal + 1)
        try await world.drain()
        #expect(try await world.count(.error) == 1)
        #expect(try await world.errorWords().first?.contains("was not made by Daybook") == true)
        #expect(try await Judge.complaints(about: world) == [])

        let other = try #require(try await world.journalEntries().first { $0.docNumber == number })
        try await world.edit(other) { $0.docNumber = "BY-HAND-1" }
        world.othersDocuments.insert("BY-HAND-1")
        _ = try await world.worker.desk.queue.reset(.inState(.error), by: .command("bookkeeper"))
        try await world.drain()
        #expect(try await world.count(.exported) == 5)
        #expect(try await Judge.complaints(about: world) == [])
    }

    @Test("our document whose memo was changed is named as ours; with the marker back a reset finds it")
    func changedMemo() async throws {
        let world = try await world(3)
        let number = try #require(try await world.rows().first?.export.documentNumber.text)
        world.sandbox.nextMishap(.answerDroppedAfterCommit, route: .batch)
        var memo: String?
        try await world.drain(between: {
            guard memo == nil, try await world.count(.checking) > 0 else { return false }
            let entry = try #require(try await world.journalEntries().first { $0.docNumber == number })
            memo = entry.privateNote
            try await world.edit(entry) { $0.privateNote = "for the auditor" }
            return true
        })
        let words = try #require(try await world.errorWords().first)
        #expect(words.contains("its memo was changed there") && words.contains("Do not give it another number"))
        let entry = try #require(try await world.journalEntries().first { $0.docNumber == number })
        try await world.edit(entry) { $0.privateNote = memo }
        _ = try await world.worker.desk.queue.reset(.inState(.error), by: .command("bookkeeper"))
        try await world.drain()
        #expect(try await world.count(.exported) == 3)
        #expect(try await Judge.complaints(about: world) == [])
    }

    @Test("a held transaction stays behind, the rest goes; released, it goes too")
    func held() async throws {
        let world = try await world(10)
        _ = try await world.worker.desk.queue.hold(.serials([4, 5]), by: .command("bookkeeper"))
        try await world.drain()
        #expect(try await world.count(.exported) == 8)
        #expect(try await Judge.complaints(about: world) == [])
        _ = try await world.worker.desk.queue.release(.inState(.onHold), by: .command("bookkeeper"))
        try await world.drain()
        #expect(try await world.count(.exported) == 10)
        #expect(try await Judge.complaints(about: world) == [])
    }
}
