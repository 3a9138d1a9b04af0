// SPDX-License-Identifier: Apache-2.0
import Daybook
import Foundation
import IntuitSandbox
import QuickBooks
import Testing

@Suite("An answer is lost")
struct LostAnswerTests {
    /// A connected world with some transactions in its queue.
    private func world(
        _ count: Int, seed: UInt64 = 3, _ change: (inout WorldPlan) -> Void = { _ in }
    ) async throws -> World {
        var plan = WorldPlan(seed: seed)
        change(&plan)
        let world = try World(plan)
        try await world.setUp()
        try await world.take(try World.trade(seed: seed, count: count))
        return world
    }

    private func lookedUp(_ world: World) async throws -> Int {
        try await world.rows().count { row in
            if case .exported(let receipt) = row.export.progress.state { receipt.wasLookedUp } else { false }
        }
    }

    @Test("and the token expires meanwhile: the documents are looked up and booked once")
    func tokenExpires() async throws {
        let world = try await world(20)
        world.sandbox.nextMishap(.answerDroppedAfterCommit, route: .batch)
        var hasExpired = false
        try await world.drain(between: {
            guard !hasExpired, try await world.count(.checking) > 0 else { return false }
            world.advance(by: .seconds(3_700))
            hasExpired = true
            return true
        })
        #expect(hasExpired)
        #expect(try await lookedUp(world) == 20)
        #expect(world.envelopes.envelopes.count == 1)
        #expect(try await Judge.complaints(about: world) == [])
    }

    @Test("and QuickBooks ignores request ids: the look comes before anything is sent again", arguments: [true, false])
    func requestIDIgnored(refusesTakenNumbers: Bool) async throws {
        let world = try await world(30)
        try await world.refuseTakenNumbers(refusesTakenNumbers)
        try world.sandbox.setMishaps(SandboxMishapSettings(requestIDs: .ignored))
        world.sandbox.nextMishap(.answerDroppedAfterCommit, route: .batch)
        try await world.drain()
        #expect(try await lookedUp(world) == 30)
        #expect(try await Judge.complaints(about: world) == [])
    }

    @Test(
        "and the batch comes to be booked up to two minutes later: nothing is sent anew before that",
        arguments: SandboxRequestIDs.allCases)
    func committedLate(requestIDs: SandboxRequestIDs) async throws {
        let world = try await world(30)
        try await world.refuseTakenNumbers(false)
        try world.sandbox.setMishaps(SandboxMishapSettings(requestIDs: requestIDs))
        world.sandbox.nextMishap(.committedLate, route: .batch)
        try await world.drain()
        #expect(try await lookedUp(world) == 30)
        #expect(try await Judge.complaints(about: world) == [])
    }

    @Test("of a batch that was never booked: absence is proven after the horizon, then it goes out anew")
    func neverBooked() async throws {
        let world = try await world(30)
        world.sandbox.nextMishap(.droppedBeforeCommit, route: .batch)
        let began = world.clock.now
        try await world.drain()
        #expect(try await lookedUp(world) == 0)
        #expect(world.envelopes.envelopes.map(\.items.count).sorted() == [1, 29, 30], "one goes first, alone")
        #expect(world.clock.now.timeIntervalSince(began) >= 130)
        #expect(try await Judge.complaints(about: world) == [])
    }

    @Test("after item 17 of 30: seventeen are adopted, of the thirteen one goes out alone and then the rest")
    func killedAfterItem17() async throws {
        let world = try await world(30) { plan in
            let bend = BentBatches.Bend(request: { Array($0.prefix(17)) }, answer: { _ in nil })
            plan.interposed = { BentBatches($0, next: bend) }
        }
        try await world.drain()
        #expect(try await lookedUp(world) == 17)
        #expect(world.envelopes.envelopes.map(\.items.count).sorted() == [1, 12, 30])
        #expect(try await Judge.complaints(about: world) == [])
    }

    @Test("of one item, another is answered twice, one is refused, all in any order: each gets its own outcome")
    func bentAnswer() async throws {
        let world = try await world(30) { plan in
            let refused: [String: Any] = [
                "type": "ValidationFault",
                "Error": [["Message": "Invalid Reference Id", "Detail": "d", "code": "2500"]],
            ]
            nonisolated(unsafe) let fault = refused
            let bend = BentBatches.Bend(
                request: { $0.filter { $0["bId"] as? String != "3" } },
                answer: { items in
                    let kept = items.filter { $0["bId"] as? String != "1" }
                    let twice = kept.filter { $0["bId"] as? String == "2" }
                    return (kept + twice + [["bId": "3", "Fault": fault]]).reversed()
                })
            plan.interposed = { BentBatches($0, next: bend) }
        }
        try await world.drain()
        #expect(try await lookedUp(world) == 2)
        let errors = try await world.rows().filter { $0.export.progress.state.name == .error }
        #expect(errors.map(\.export.serial) == [3])
        #expect(try await Judge.complaints(about: world) == [])
        _ = try await world.worker.desk.queue.reset(.serials([3]), by: .command("bookkeeper"))
        try await world.drain()
        #expect(try await world.count(.exported) == 30)
        #expect(try await Judge.complaints(about: world) == [])
    }

    @Test("and somebody deletes the document before it is looked up: it is sent anew, and booked once")
    func deletedMeanwhile() async throws {
        let world = try await world(3)
        world.sandbox.nextMishap(.answerDroppedAfterCommit, route: .batch)
        var isDeleted = false
        try await world.drain(between: {
            guard !isDeleted, try await world.count(.checking) > 0 else { return false }
            isDeleted = true
            guard let entry = try await world.journalEntries().last, let id = entry.id, let token = entry.syncToken
            else { return false }
            try await world.delete(id: id, syncToken: token)
            return true
        })
        #expect(try await lookedUp(world) == 2)
        #expect(try await Judge.complaints(about: world) == [])
    }
}
