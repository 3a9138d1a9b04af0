// SPDX-License-Identifier: Apache-2.0
import Daybook
import Foundation
import IntuitSandbox
import Testing

@Suite("A worker that was suspended in the middle of a call")
struct ZombieTests {
    /// What Intuit does to the batch, besides.
    static let mishaps: [SandboxMishap?] = [
        nil, .answerDroppedAfterCommit, .committedLate, .error500AfterCommit, .droppedBeforeCommit,
    ]

    @Test(
        "settles nothing that another has taken over, and nothing is doubled",
        arguments: mishaps)
    func suspended(mishap: SandboxMishap?) async throws {
        let world = try World(WorldPlan(seed: 14))
        try await world.setUp()
        try await world.refuseTakenNumbers(false)
        try await world.take(try World.trade(seed: 14, count: 25))
        try await world.worker.exporter.stop(World.connection)
        world.addSecondWorker()
        if let mishap { world.sandbox.nextMishap(mishap, route: .batch) }
        #expect(try await world.holdSecond())

        // The lease is the second's, until it runs out.
        let before = try await world.worker.exporter.step(World.connection)
        let leaseIsHeld = world.clock.now < WorldPlan.start.addingTimeInterval(180)
        if leaseIsHeld { #expect(before != .now) }
        world.advance(by: .seconds(181))
        let zombie = world.second
        world.second = nil
        try await world.drain()
        #expect(try await world.count(.exported) == 25)
        let documents = world.sandbox.counters.documents

        world.second = zombie
        try await world.releaseSecond()
        #expect(world.logEvents.logEvents.contains(.leaseLost(connection: .first)))
        #expect(world.sandbox.counters.documents == documents)
        #expect(try await Judge.complaints(about: world) == [])
    }

    @Test("a start under the folder's lock takes over at once, and the suspended one settles nothing")
    func takeOver() async throws {
        let world = try World(WorldPlan(seed: 15))
        try await world.setUp()
        try await world.take(try World.trade(seed: 15, count: 25))
        try await world.worker.exporter.stop(World.connection)
        world.addSecondWorker()
        #expect(try await world.holdSecond())
        try await world.restart()
        try await world.releaseSecond()
        world.second = nil
        #expect(try await world.count(.exported) == 0)
        try await world.drain()
        #expect(try await world.count(.exported) == 25)
        #expect(try await Judge.complaints(about: world) == [])
    }
}
