// SPDX-License-Identifier: Apache-2.0
import Daybook
import Foundation
import HTTPTransport
import IntuitSandbox
import Testing

@Suite("Two hundred tasks want a token at the same expired moment")
struct SingleFlightTests {
    /// Two worlds of five hundred, which two cores live at once.
    @Test(
        "a thousand rounds: exactly one token request in each, and all get its token",
        .timeLimit(.minutes(10)), arguments: [771, 773] as [UInt64])
    func rounds(seed: UInt64) async throws {
        let world = try World(WorldPlan(seed: seed))
        try await world.setUp()
        let keeper = world.worker.keeper
        for round in 1...500 {
            world.advance(by: .seconds(3_700))
            let before = world.sandbox.counters.tokenRequests
            let tokens = try await withThrowingTaskGroup(of: TokenAvailability.self) { group in
                for _ in 0..<200 { group.addTask { try await keeper.token(for: World.connection) } }
                return try await group.reduce(into: []) { $0.append($1) }
            }
            let asked = world.sandbox.counters.tokenRequests - before
            guard asked == 1, tokens.count == 200, let first = tokens.first, case .usable = first,
                tokens.allSatisfy({ $0 == first })
            else {
                Issue.record("round \(round): \(asked) token requests for \(tokens.count) answers")
                return
            }
        }
    }

    @Test("when Intuit does not answer, those who waited for the call do not each make it again")
    func failures() async throws {
        let (world, interposer) = try World.watched(seed: 772)
        try await world.setUp()
        world.advance(by: .seconds(3_700))
        interposer.answer { $0.isForTokens ? .html503 : nil }
        let before = interposer.count("/tokens/bearer")
        let keeper = world.worker.keeper
        try await withThrowingTaskGroup(of: TokenAvailability.self) { group in
            for _ in 0..<200 { group.addTask { try await keeper.token(for: World.connection) } }
            for try await answer in group {
                guard case .unavailable(.some) = answer else {
                    Issue.record("a token, or no hope of one")
                    return
                }
            }
        }
        // A few may come after the first call has ended; the wait grows with each.
        #expect((1...3).contains(interposer.count("/tokens/bearer") - before))
    }
}
