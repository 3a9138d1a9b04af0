// SPDX-License-Identifier: Apache-2.0
import Daybook
import Foundation
import IntuitSandbox
import Testing

@Suite("An envelope whose commit takes its time")
struct SlowCommitTests {
    @Test("goes out under a lease that outlasts commit and call: nothing comes into doubt", arguments: 48...56)
    func leaseClaimedBefore(age: Int) async throws {
        let world = try World(WorldPlan(seed: 41))
        try await world.setUp()
        try await world.take(try World.trade(seed: 41, count: 3))
        try await world.drain()
        try await world.take(try World.trade(seed: 42, count: 3))
        // What is left of the lease is near the length of the longest call.
        world.advance(by: .seconds(age))
        let sandbox = world.sandbox
        world.envelopes.whileCommitting { sandbox.advance(by: .seconds(3)) }
        try await world.drain()
        #expect(try await world.count(.exported) == 6)
        #expect(!world.logEvents.logEvents.contains { if case .leaseLost = $0 { true } else { false } })
        #expect(!world.logEvents.logEvents.contains { if case .outcomeUnknown = $0 { true } else { false } })
    }
}
