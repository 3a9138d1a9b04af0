// SPDX-License-Identifier: Apache-2.0
import Daybook
import DaybookStorage
import Foundation
import IntuitSandbox
import QuickBooks
import Testing

@Suite("Two running copies of one data folder")
struct TwoCopiesTests {
    @Test("at most one envelope doubles, the doubles are named, and one act of a person ends the stop")
    func twoCopies() async throws {
        var raced = 0
        for seed in RestoreTests.seeds {
            do {
                raced += try await live(seed)
            } catch {
                Issue.record("\(error); replay with DAYBOOK_SEED=\(seed) swift test --filter TwoCopiesTests")
            }
        }
        print("two live copies: \(RestoreTests.seeds.count) worlds, \(raced) with doubles, each of one envelope")
        // Otherwise no race came about, and the test proves nothing.
        if RestoreTests.seeds.count > 5 { #expect(raced > 0) }
    }

    /// - Returns: 1 when an envelope doubled.
    private func live(_ seed: UInt64) async throws -> Int {
        let replay = Comment(rawValue: "replay with DAYBOOK_SEED=\(seed) swift test --filter TwoCopiesTests")
        let world = try await Self.world(seed: seed)
        try await world.take(try World.trade(seed: seed, count: 150))
        // Some of the queue is posted when the copy is made.
        for _ in 0..<Int(seed % 4) { _ = try await world.worker.exporter.step(World.connection) }
        let twin = try await Twin(of: world)
        if seed.isMultiple(of: 2) { world.advance(by: .seconds(200)) }
        try await twin.bothLive(steps: 600)

        let doubles = try await pairs(world)
        #expect(doubles.count <= 30, "\(replay)")
        let stops = [
            try await world.storage.postingStop(of: World.connection),
            try await twin.storage.postingStop(of: World.connection),
        ].compactMap(\.self)
        // A copy that looks everything up and adopts it does no harm, and may find nothing to send.
        #expect(!stops.isEmpty || doubles.isEmpty, "neither noticed the other; \(replay)")
        for pair in doubles {
            let ids = pair.compactMap(\.id)
            let isNamed = stops.contains { stop in ids.allSatisfy { stop.explanation.contains($0) } }
            #expect(isNamed, "\(ids) are not named; \(replay)")
        }
        try await mend(world, twin, doubles)
        #expect(try await Judge.complaints(about: world) == [], "\(replay)")
        #expect(try await world.isSettled(), "\(replay)")
        return doubles.isEmpty ? 0 : 1
    }

    @Test(
        "an envelope of each, both booked late: whether a look finds one of two or both, all are named before more goes out",
        arguments: [41, 42, 43] as [UInt64], [ExportState.Name.exported, .checking])
    func bothLate(seed: UInt64, until state: ExportState.Name) async throws {
        let world = try await bothBookedLate(seed: seed, until: state)
        try await expectStop(of: world, seed: seed)
    }

    @Test(
        "where every answer to both is lost and all is booked late, not more than one envelope doubles, and all is named",
        arguments: [47, 56, 57] as [UInt64])
    func everyAnswerLost(seed: UInt64) async throws {
        let world = try await Self.world(seed: seed)
        try await world.take(try World.trade(seed: seed, count: 150))
        let twin = try await Twin(of: world)
        world.advance(by: .seconds(600))
        world.sandbox.nextMishap(.committedLate, count: 1_000, route: .batch)
        // One of them may be behind the other.
        for _ in 0..<Int(seed % 4) { try await Self.step(world.worker) }
        let storages = [world.storage, twin.storage as any Storage]
        for _ in 0..<2_000 where try await !areAllStopped(storages) {
            for worker in [world.worker, twin.worker] { try await Self.step(worker) }
            world.advance(by: .seconds(1))
        }
        // What is still on its way is booked.
        world.advance(by: .seconds(200))
        let doubles = try await pairs(world)
        #expect((1...30).contains(doubles.count), "nothing to find otherwise; more than one envelope: \(doubles.count)")
        var words = ""
        for storage in storages { words += try await storage.postingStop(of: World.connection)?.explanation ?? "" }
        let named = Set(words.split { !$0.isNumber }.map(String.init))
        let unnamed = doubles.flatMap { $0.compactMap(\.id) }.filter { !named.contains($0) }
        #expect(unnamed == [])
    }

    @Test("killed at a call of the step whose look finds the doubles, it has stopped, or does so at the next start")
    func killedAtTheLook() async throws {
        var call = 1
        while true {
            let world = try await bothBookedLate(seed: 44, until: .checking)
            world.worker.crashes.crash(at: call, .after)
            // What ends it by a crash is the purpose.
            try? await Self.step(world.worker)
            guard world.worker.crashes.isDead else { break }
            try await world.restart()
            try await expectStop(of: world, seed: 44)
            call += 3
        }
        #expect(call > 5, "a look, a stop and a settlement are more calls")
    }

    @Test("a copy whose other one was stopped before it began to send goes on by itself, and sends nothing twice")
    func moved() async throws {
        let world = try await Self.world(seed: 46)
        let trade = try World.trade(seed: 46, count: 60)
        let twin = try await Twin(of: world)
        world.advance(by: .seconds(600))
        try await world.take(Array(trade.prefix(30)))
        try await world.drain()
        world.worker.crashes.die()
        world.advance(by: .seconds(900))
        try await twin.take(trade)
        for _ in 0..<900 {
            try await Self.step(twin.worker)
            world.advance(by: .seconds(1))
        }
        #expect(try await twin.storage.postingStop(of: World.connection) == nil)
        let counts = try await twin.storage.exportCounts(of: nil)
        #expect(counts[.exported] == 60)
        #expect(try await pairs(world).isEmpty)
    }

    @Test("a copy that was idle while the other one posted stops before it sends anything, and names what it found")
    func idle() async throws {
        let world = try await Self.world(seed: 45)
        let trade = try World.trade(seed: 45, count: 30)
        let twin = try await Twin(of: world)
        world.advance(by: .seconds(600))
        try await world.take(trade)
        try await world.drain()
        try await twin.take(trade)
        for _ in 0..<60 {
            try await Self.step(twin.worker)
            world.advance(by: .seconds(1))
        }
        let stop = try #require(try await twin.storage.postingStop(of: World.connection))
        #expect(stop.explanation.contains("Booked by the other one: "), "\(stop.explanation)")
        let copy = try #require(try await twin.storage.restoredCopy(of: World.connection))
        #expect(copy.sign == .secondCopy && copy.unknownDocuments == 30, "not a restore: \(copy)")
        // The next start surveys again; what it finds is no sign of a restored backup.
        try await twin.storage.resumePosting(by: .command("bookkeeper"), at: world.clock.now)
        try await twin.restart()
        for _ in 0..<10 { try await Self.step(twin.worker) }
        let after = try #require(try await twin.storage.restoredCopy(of: World.connection))
        #expect(after.sign == .secondCopy && after.unknownDocuments == 30, "\(after)")
        #expect(try await world.storage.postingStop(of: World.connection) == nil)
        #expect(try await pairs(world).isEmpty)
    }

    @Test("a restored copy whose clock was a day behind when it started does not take what it finds for another one's")
    func clockSetForward() async throws {
        let world = try await Self.world(seed: 48)
        let twin = try await Twin(of: world)
        let trade = try World.trade(seed: 48, count: 30)
        try await world.take(trade)
        try await world.drain()
        world.worker.crashes.die()
        world.clock.shift(by: -86_400)
        try await twin.restart()
        world.clock.shift(by: 86_400)
        try await twin.take(trade)
        for _ in 0..<600 {
            try await Self.step(twin.worker)
            world.advance(by: .seconds(1))
        }
        #expect(try await twin.storage.postingStop(of: World.connection) == nil)
        let counts = try await twin.storage.exportCounts(of: nil)
        #expect(counts[.exported] == 30)
        #expect(try await pairs(world).isEmpty)
    }

    /// One of two copies, after each sent an envelope of the same documents and both were booked late; the other is gone.
    private func bothBookedLate(seed: UInt64, until state: ExportState.Name) async throws -> World {
        let world = try await Self.world(seed: seed)
        try await world.take(Array(try World.trade(seed: seed, count: 90).prefix(30)))
        let twin = try await Twin(of: world)
        // What is booked now was not on its way when either began.
        world.advance(by: .seconds(600))
        world.sandbox.nextMishap(.committedLate, count: 2, route: .batch)
        for _ in 0..<600 where try await !areAll(state, world, twin) {
            for worker in [world.worker, twin.worker] { try await Self.step(worker) }
            world.advance(by: .seconds(1))
        }
        twin.worker.crashes.die()
        world.advance(by: .seconds(400))
        return world
    }

    /// Of sixty more transactions none goes out, and all doubles are named.
    private func expectStop(of world: World, seed: UInt64) async throws {
        let doubles = try await pairs(world)
        #expect(doubles.count == 30, "nothing to find otherwise")
        try await world.take(Array(try World.trade(seed: seed, count: 90).suffix(60)))
        for _ in 0..<60 {
            try await Self.step(world.worker)
            world.advance(by: .seconds(1))
        }
        let stop = try #require(try await world.storage.postingStop(of: World.connection))
        for id in doubles.flatMap({ $0.compactMap(\.id) }) { #expect(stop.explanation.contains(id)) }
        #expect(try await world.journalEntries().count { $0.privateNote?.hasPrefix("Daybook ") == true } == 60)
    }

    /// A company that takes a number twice, or nothing could double.
    private static func world(seed: UInt64) async throws -> World {
        var plan = WorldPlan(seed: seed)
        plan.usesFile = true
        plan.throttles = false
        let world = try World(plan)
        try await world.setUp()
        try await world.refuseTakenNumbers(false)
        return world
    }

    private func areAllStopped(_ storages: [any Storage]) async throws -> Bool {
        for storage in storages where try await storage.postingStop(of: World.connection) == nil { return false }
        return true
    }

    private func areAll(_ state: ExportState.Name, _ world: World, _ twin: Twin) async throws -> Bool {
        for storage in [world.storage, twin.storage as any Storage] {
            let counts = try await storage.exportCounts(of: nil)
            if counts[state, default: 0] < 30 { return false }
        }
        return true
    }

    private static func step(_ worker: Worker) async throws {
        _ = try await worker.keeper.step(World.connection)
        _ = try await worker.exporter.step(World.connection)
    }

    private func pairs(_ world: World) async throws -> [[JournalEntry]] {
        let marked = try await world.journalEntries().filter { Export.ID.marked(by: $0.privateNote ?? "") != nil }
        let byMarker = Dictionary(grouping: marked) { Export.ID.marked(by: $0.privateNote ?? "") }
        return byMarker.values.filter { $0.count > 1 }
    }

    /// The other copy is stopped, one of each pair deleted, and Daybook started with `--resume-posting`.
    private func mend(_ world: World, _ twin: Twin, _ doubles: [[JournalEntry]]) async throws {
        twin.worker.crashes.die()
        let receipts = Set(
            try await world.rows().compactMap { row -> String? in
                if case .exported(let receipt) = row.export.progress.state { receipt.documentID } else { nil }
            })
        for pair in doubles {
            let surplus = pair.first { !receipts.contains($0.id ?? "") } ?? pair.last
            guard let id = surplus?.id, let token = surplus?.syncToken else { throw WorldIsStuck("no such document") }
            try await world.delete(id: id, syncToken: token)
        }
        try await world.storage.resumePosting(by: .command("bookkeeper"), at: world.clock.now)
        try await world.restart()
        try await world.drain()
    }
}
