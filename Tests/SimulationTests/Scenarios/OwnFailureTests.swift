// SPDX-License-Identifier: Apache-2.0
import Daybook
import DaybookStorage
import Foundation
import IntuitSandbox
import Testing

@Suite("An envelope that Daybook itself leaves under way")
struct OwnFailureTests {
    private func world() async throws -> World {
        let world = try World(WorldPlan(seed: 23))
        try await world.setUp()
        try await world.take(try World.trade(seed: 23, count: 3))
        return world
    }

    private func history(_ world: World) async throws -> [String] {
        try await world.storage.export(serial: 1)?.history.map(\.text) ?? []
    }

    @Test("because it is stopped is looked up, says so, and counts against no document")
    func stopped() async throws {
        let world = try await world()
        let crashes = world.worker.crashes
        let sandbox = world.sandbox
        world.envelopes.whileCommitting {
            crashes.die()
            sandbox.advance(by: .seconds(1))
        }
        try await world.pass(.seconds(3))
        world.envelopes.whileCommitting(nil)
        #expect(try await world.count(.checking) == 3)
        for row in try await world.rows() { #expect(row.export.progress.attempts == ExportAttempts()) }
        #expect(try await history(world).contains { $0.contains("a stop cut the call off") })
        try await world.drain()
        #expect(try await world.count(.exported) == 3)
        #expect(try await Judge.complaints(about: world) == [])
    }

    @Test("because its disk failed after the commit says that, and not that a lease ran out")
    func diskFailed() async throws {
        let world = try await world()
        world.envelopes.whileCommitting { throw DiskFull() }
        await #expect(throws: DiskFull.self) { try await world.pass(.seconds(3)) }
        world.envelopes.whileCommitting(nil)
        try await world.drain()
        let history = try await history(world)
        #expect(
            history.contains { $0.contains("could not write to its disk that it was about to send it") }, "\(history)")
        #expect(!history.contains { $0.contains("lease") })
        #expect(try await Judge.complaints(about: world) == [])
    }

    @Test("is believed absent after its own company's start, whenever another company is started")
    func anotherCompanyStarts() async throws {
        let world = try await world()
        world.sandbox.nextMishap(.droppedBeforeCommit, route: .batch)
        try await world.pass(.seconds(20))
        #expect(try await world.count(.checking) == 3)
        try await world.restart()
        try await world.pass(.seconds(100))
        let other = try await world.storage.addConnection(app: nil, by: .command("pat"), at: world.clock.now)
        try await world.worker.exporter.start(other)
        try await world.pass(.seconds(60))
        #expect(try await world.count(.checking) == 0, "its horizon began again")
        try await world.drain()
        #expect(try await Judge.complaints(about: world) == [])
    }
}
