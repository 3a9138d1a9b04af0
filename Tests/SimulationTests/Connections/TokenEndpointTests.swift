// SPDX-License-Identifier: Apache-2.0
import Daybook
import Foundation
import HTTPTransport
import IntuitSandbox
import Testing

@Suite("The token endpoint")
struct TokenEndpointTests {
    @Test("is asked once, however many want a token at the moment the old one is over")
    func singleFlight() async throws {
        let world = try World(WorldPlan(seed: 56))
        try await world.setUp()
        let old = try await world.grant()
        world.advance(by: .seconds(3_700))
        let before = world.sandbox.counters.tokenRequests
        let keeper = world.worker.keeper
        let answers = try await withThrowingTaskGroup(of: TokenAvailability.self) { group in
            for _ in 0..<200 { group.addTask { try await keeper.token(for: World.connection) } }
            return try await group.reduce(into: []) { $0.append($1) }
        }
        #expect(world.sandbox.counters.tokenRequests == before + 1)
        let new = try await world.grant()
        #expect(new.accessToken != old.accessToken)
        let company = try #require(try await world.stored().company)
        let token = UsableToken(
            environment: .sandbox, accessToken: new.accessToken, company: company, generation: new.generation)
        #expect(answers.count == 200)
        #expect(answers.allSatisfy { $0 == .usable(token) })
    }

    static let troubles: [(name: String, reply: Interposer.Reply)] = [
        ("429", .status(429, "<Fault/>", type: "application/xml")),
        ("500", .status(500, #"{"error":"server_error"}"#)),
        ("HTML", .html503),
        ("a 200 of HTML", .status(200, "<html>Maintenance</html>", type: "text/html")),
        ("a cut", .failure(.connectionFailed(sentBytes: true, reason: "cut within the body"))),
        ("half a body", .status(200, #"{"token_type":"bearer","access_token":"abc","refr"#)),
        ("a 400 without an error", .status(400, "{}")),
        ("a time-out", .failure(.timedOut(sentBytes: true))),
    ]

    @Test(
        "in trouble changes nothing stored, is asked ever more slowly, and is said from the third time on",
        arguments: troubles.indices)
    func trouble(index: Int) async throws {
        let (world, interposer) = try World.watched(seed: 57)
        try await world.setUp()
        let old = try await world.grant()
        world.advance(by: .seconds(3_700))
        let reply = Self.troubles[index].reply
        interposer.answer { $0.isForTokens ? reply : nil }
        var delays: [TimeInterval] = []
        for attempt in 1...8 {
            let asked = world.clock.now
            guard case .unavailable(let retryAt?) = try await world.worker.keeper.token(for: World.connection) else {
                Issue.record("\(Self.troubles[index].name) gave a token, or no hope of one")
                return
            }
            delays.append(retryAt.timeIntervalSince(asked))
            #expect(try await world.cause() == (attempt < 3 ? nil : .unreachable))
            if retryAt > asked { world.advance(to: retryAt) }
        }
        #expect(delays == [0, 2, 6, 12, 30, 60, 120, 120])
        #expect(try await world.grant() == old)
        interposer.answer(nil)
        guard case .usable = try await world.worker.keeper.token(for: World.connection) else {
            Issue.record("it did not come back by itself")
            return
        }
        #expect(try await world.cause() == nil)
        #expect(try await world.stored().status == .connected)
    }

    @Test("refuses the keys: the grant is kept, nothing is in Error, and all goes on with the right keys")
    func invalidClient() async throws {
        let (world, interposer) = try World.watched(seed: 58)
        try await world.setUp()
        try await world.take(try World.trade(seed: 58, count: 5))
        let old = try await world.grant()
        world.advance(by: .seconds(3_700))
        interposer.answer { $0.isForTokens ? .status(401, #"{"error":"invalid_client"}"#) : nil }
        try await world.pass(.seconds(1_800))
        #expect(try await world.cause() == .clientRefused)
        #expect(try await world.stored().status == .connected)
        #expect(try await world.grant() == old)
        #expect(try await world.count(.pending) == 5)
        interposer.answer(nil)
        try await world.drain()
        #expect(try await world.count(.exported) == 5)
        #expect(try await world.cause() == nil)
        #expect(try await Judge.complaints(about: world) == [])
    }

    enum Death: CaseIterable {
        case idle, hard, userRemoved, revoked, revokedEarly

        var cause: ConnectionTrouble.Cause {
            switch self {
            case .idle: .idleExpired
            case .hard: .hardExpired
            case .userRemoved: .userRemoved
            case .revoked: .grantRefused
            case .revokedEarly: .refusedEarly
            }
        }
    }

    @Test(
        "refuses the grant for good: the reason is said, all wait, and go out without a reset after a reconnect",
        arguments: Death.allCases)
    func invalidGrant(death: Death) async throws {
        let (world, interposer) = try World.watched(seed: 59)
        try await world.setUp()
        try await world.take(try World.trade(seed: 59, count: 5))
        switch death {
        case .idle: world.advance(by: .seconds(102 * 86_400))
        case .hard: world.advance(by: .seconds(5 * 365 * 86_400 + 60))
        case .userRemoved:
            try world.removeUser(true)
            world.advance(by: .seconds(3_700))
        case .revoked, .revokedEarly:
            world.advance(by: .seconds(death == .revoked ? 2 * 86_400 : 3_700))
            interposer.answer { $0.isForTokens ? .status(400, #"{"error":"invalid_grant"}"#) : nil }
        }
        try await world.pass(.seconds(3_600))
        #expect(try await world.cause() == death.cause)
        #expect(try await world.stored().status == .broken)
        #expect(try await world.count(.pending) == 5)
        let asked = interposer.count("/tokens/bearer")
        try await world.pass(.seconds(86_400))
        #expect(interposer.count("/tokens/bearer") == asked, "what is dead is not asked again")
        #expect(try await world.count(.error) == 0)

        interposer.answer(nil)
        try world.removeUser(false)
        try await world.connect()
        try await world.drain()
        #expect(try await world.count(.exported) == 5)
        #expect(try await world.cause() == nil)
        #expect(try await Judge.complaints(about: world) == [])
    }
}
