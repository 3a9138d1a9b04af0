// SPDX-License-Identifier: Apache-2.0
import Daybook
import Foundation
import HTTPTransport
import IntuitSandbox
import Testing

@Suite("Scenario 8: invalid_grant that lies")
struct LyingRefusalTests {
    private static let refusals: [(name: String, body: String)] = [
        ("bare", #"{"error":"invalid_grant"}"#),
        ("with words", #"{"error":"invalid_grant","error_description":"Incorrect or invalid refresh token"}"#),
        ("words first", #"{"error_description":"Token invalid","error":"invalid_grant"}"#),
    ]

    private func world(seed: UInt64) async throws -> (World, Interposer) {
        let (world, interposer) = try World.watched(seed: seed)
        try await world.setUp()
        world.advance(by: .seconds(3_700))
        return (world, interposer)
    }

    @Test("a good token that is refused once: nothing changes, and five seconds later all is well", arguments: 0..<3)
    func once(wording: Int) async throws {
        let (world, interposer) = try await world(seed: 701)
        let before = try await world.grant()
        interposer.answerOnce { $0.isForTokens ? .status(400, Self.refusals[wording].body) : nil }
        _ = try await world.worker.keeper.token(for: World.connection)
        #expect(try await world.stored().status == .connected)
        #expect(try await world.cause() == nil)
        #expect(try await world.grant() == before)
        try await world.keep(for: .seconds(60))
        #expect(try await world.grant().generation > before.generation)
        #expect(try await world.stored().status == .connected)
    }

    @Test("a 400 that is a page and not Intuit's word is no refusal at all")
    func html() async throws {
        let (world, interposer) = try await world(seed: 702)
        interposer.answer { $0.isForTokens ? .status(400, "<html>Bad Request</html>", type: "text/html") : nil }
        _ = try await world.worker.keeper.token(for: World.connection)
        try await world.keep(for: .seconds(3_600))
        #expect(try await world.stored().status == .connected)
        #expect(try await world.cause() == .unreachable)
        interposer.answer(nil)
        try await world.keep(for: .seconds(600))
        #expect(try await world.cause() == nil)
    }

    @Test("two definite refusals five seconds apart end the connection, shown within a minute, and nobody asks again")
    func twice() async throws {
        let (world, interposer) = try await world(seed: 703)
        interposer.answer { $0.isForTokens ? .status(400, Self.refusals[0].body) : nil }
        let began = world.clock.now
        let asked = interposer.count("/tokens/bearer")
        _ = try await world.worker.keeper.token(for: World.connection)
        while try await world.stored().status != .broken, world.clock.now.timeIntervalSince(began) < 120 {
            try await world.keep(for: .seconds(1))
        }
        let shown = world.clock.now.timeIntervalSince(began)
        #expect((5...60).contains(shown), "shown after \(shown) seconds")
        #expect(interposer.count("/tokens/bearer") - asked == 2)
        try await world.keep(for: .seconds(200_000))
        #expect(interposer.count("/tokens/bearer") - asked == 2)
    }

    @Test("a trouble between two refusals starts the count anew")
    func interrupted() async throws {
        let (world, interposer) = try await world(seed: 704)
        for _ in 0..<4 {
            interposer.answer { $0.isForTokens ? .status(400, Self.refusals[0].body) : nil }
            _ = try await world.worker.keeper.token(for: World.connection)
            interposer.answer { $0.isForTokens ? .html503 : nil }
            world.advance(by: .seconds(6))
            _ = try await world.worker.keeper.step(World.connection)
            world.advance(by: .seconds(400))
            #expect(try await world.stored().status == .connected)
        }
    }
}
