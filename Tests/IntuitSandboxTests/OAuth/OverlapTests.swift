// SPDX-License-Identifier: Apache-2.0
import HTTPTransport
import HTTPTypes
import IntuitSandbox
import Testing

@Suite("The overlap of old refresh tokens, and lifetimes that change")
struct OverlapTests {
    /// After a rotation: how old the new string is when the old one is used, and whether that still works.
    struct Row: Sendable, CustomTestStringConvertible {
        let overlap: Int
        let age: Int
        let works: Bool
        var testDescription: String { "overlap \(overlap) s, used after \(age) s" }
    }

    private static let rows = [
        Row(overlap: 0, age: 0, works: false), Row(overlap: 0, age: 1, works: false),
        Row(overlap: 30, age: 0, works: true), Row(overlap: 30, age: 29, works: true),
        Row(overlap: 30, age: 30, works: false), Row(overlap: 30, age: 86_400, works: false),
        Row(overlap: 86_400, age: 86_399, works: true), Row(overlap: 86_400, age: 86_400, works: false),
    ]

    @Test("The table, with an overlap set when the sandbox was made or changed since", arguments: rows, [false, true])
    func table(row: Row, changedLater: Bool) async throws {
        let caller = SandboxCaller { if !changedLater { $0.lifetimes.overlap = row.overlap } }
        if changedLater {
            let answer = try await caller.control("lifetimes", "{\"overlapSeconds\":\(row.overlap)}")
            #expect(try answer.int("overlapSeconds") == row.overlap)
        }
        let first = try caller.grant().refreshToken
        caller.sandbox.advance(by: .seconds(86_400))
        let second = try await caller.refresh(first).string("refresh_token")
        caller.sandbox.advance(by: .seconds(row.age))
        let answer = try await caller.refresh(first)
        #expect(answer.statusCode == (row.works ? 200 : 400))
        if row.works { #expect(try answer.string("refresh_token") == second) }
    }

    @Test("With an overlap longer than a day two old strings work side by side")
    func twoOldStrings() async throws {
        let caller = SandboxCaller { $0.lifetimes.overlap = 200_000 }
        let first = try caller.grant().refreshToken
        caller.sandbox.advance(by: .seconds(86_400))
        let second = try await caller.refresh(first).string("refresh_token")
        caller.sandbox.advance(by: .seconds(86_400))
        let third = try await caller.refresh(second).string("refresh_token")
        #expect(try await caller.refresh(first).string("refresh_token") == third)
        #expect(try await caller.refresh(second).string("refresh_token") == third)
    }

    @Test("A change of the overlap leaves the overlap of earlier rotations as it was")
    func laterRotations() async throws {
        let caller = SandboxCaller { $0.lifetimes.overlap = 600 }
        let first = try caller.grant().refreshToken
        caller.sandbox.advance(by: .seconds(86_400))
        _ = try await caller.refresh(first)
        var lifetimes = caller.sandbox.lifetimes
        lifetimes.overlap = 0
        try caller.sandbox.setLifetimes(lifetimes)
        #expect(try await caller.refresh(first).statusCode == 200)
    }

    @Test("Every lifetime can be changed by control call, alone, and is shown in the status")
    func everyLifetime() async throws {
        let caller = SandboxCaller()
        let names = [
            "accessSeconds", "refreshIdleSeconds", "refreshHardSeconds", "rotationWindowSeconds", "overlapSeconds",
            "codeSeconds",
        ]
        for (place, name) in names.enumerated() {
            let before = try #require(
                try await caller.send(.get, "/_sandbox/status").object()["lifetimes"] as? [String: Int])
            #expect(try await caller.control("lifetimes", "{\"\(name)\":\(place + 7)}").statusCode == 200)
            let after = try #require(
                try await caller.send(.get, "/_sandbox/status").object()["lifetimes"] as? [String: Int])
            #expect(after == before.merging([name: place + 7]) { $1 })
        }
        #expect(caller.sandbox.lifetimes.access == 7)
        #expect(caller.sandbox.lifetimes.code == 12)
        let token = try await caller.refresh(try caller.grant().refreshToken)
        #expect(try token.int("expires_in") == 7)
    }

    @Test(
        "A lifetime that can't be is refused and changes nothing",
        arguments: [
            "{\"overlapSeconds\":-1}", "{\"overlapSeconds\":1.5}", "{\"overlap\":1}", "{\"codeSeconds\":\"1\"}",
        ])
    func refused(body: String) async throws {
        let caller = SandboxCaller()
        #expect(try await caller.control("lifetimes", body).statusCode == 400)
        #expect(caller.sandbox.lifetimes == TokenLifetimes())
        var lifetimes = TokenLifetimes()
        lifetimes.access = -1
        #expect(throws: SandboxError.self) { try caller.sandbox.setLifetimes(lifetimes) }
    }
}
