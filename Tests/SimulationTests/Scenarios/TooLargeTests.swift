// SPDX-License-Identifier: Apache-2.0
import Daybook
import Foundation
import IntuitSandbox
import Synchronization
import Testing

@Suite("A gateway that refuses requests as too large (413)")
struct TooLargeTests {
    private func world(_ count: Int, bytes: Int) async throws -> (World, GatewayLimit) {
        let made = Mutex<GatewayLimit?>(nil)
        var plan = WorldPlan(seed: 22)
        plan.interposed = { inner in
            let gate = GatewayLimit(inner, bytes: bytes)
            made.withLock { $0 = gate }
            return gate
        }
        let world = try World(plan)
        try await world.setUp()
        try await world.take(try World.trade(seed: 22, count: count))
        return (world, try #require(made.withLock { $0 }))
    }

    @Test("and comes and goes puts nothing in Error: not the document that is next is the cause, but the gateway")
    func flapping() async throws {
        let (world, gate) = try await world(12, bytes: 0)
        for _ in 0..<8 {
            try await world.pass(.seconds(100))
            gate.letThrough(1)
            try await world.pass(.seconds(100))
            #expect(try await world.count(.error) == 0)
        }
        gate.allow(bytes: 1_000_000)
        try await world.drain()
        #expect(try await world.count(.exported) == 12)
        #expect(try await Judge.complaints(about: world) == [])
    }

    @Test("for hours, and then ends: what was refused alone meanwhile goes out in full envelopes again")
    func drainsInFullEnvelopes() async throws {
        let (world, gate) = try await world(300, bytes: 0)
        let callsBefore = world.door.calls.count
        try await world.pass(.seconds(3 * 3_600))
        #expect(try await world.count(.pending) == 300)
        let calls = gate.refused + world.door.calls.count - callsBefore
        #expect(calls <= 3 * 180 + 20, "three calls a minute, and what the first minute and the tokens take")
        let before = world.envelopes.envelopes.count
        gate.allow(bytes: 1_000_000)
        try await world.drain()
        let needed = world.envelopes.envelopes.count - before
        #expect(needed <= 20, "300 documents took \(needed) envelopes")
        #expect(try await world.count(.error) == 0)
        #expect(try await Judge.complaints(about: world) == [])
    }

    @Test("because of one document puts that one in Error, in words, and the others go out in full envelopes")
    func oneDocument() async throws {
        let (world, gate) = try await world(120, bytes: 1_000_000)
        let cause = try #require(try await world.rows().map(\.export).min { $0.serial < $1.serial })
        gate.refuse(containing: cause.documentNumber.text)
        try await world.drain()
        #expect(try await world.count(.error) == 1)
        #expect(try await world.count(.exported) == 119)
        #expect(try await world.errorWords().first?.contains("refuses this document as too large") == true)
        let needed = world.envelopes.envelopes.count
        #expect(needed <= 24, "120 documents took \(needed) envelopes")
    }
}
