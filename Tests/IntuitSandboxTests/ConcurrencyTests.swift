// SPDX-License-Identifier: Apache-2.0
import HTTPTransport
import HTTPTypes
import IntuitSandbox
import Testing

@Suite("Many callers at once")
struct ConcurrencyTests {
    @Test("Two hundred refreshes of one token at a rotation: one new string, the others refused")
    func rotationRace() async throws {
        let caller = SandboxCaller()
        let token = try caller.grant().refreshToken
        caller.sandbox.advance(by: .seconds(90_000))
        let statuses = try await withThrowingTaskGroup(of: Int.self) { group in
            for _ in 0..<200 { group.addTask { try await caller.refresh(token).statusCode } }
            return try await group.reduce(into: []) { $0.append($1) }
        }
        #expect(statuses.count { $0 == 200 } == 1)
        #expect(statuses.count { $0 == 400 } == 199)
        #expect(caller.sandbox.counters.tokenRequests == 200)
    }

    @Test("Writes from many tasks are all there, and counted")
    func writes() async throws {
        let company = try CompanyCaller { $0.throttlesEnabled = false }
        let statuses = try await withThrowingTaskGroup(of: Int.self) { group in
            for place in 0..<100 { group.addTask { try await company.create("C\(place)").statusCode } }
            return try await group.reduce(into: []) { $0.append($1) }
        }
        #expect(statuses.count { $0 == 200 } == 100)
        for place in [0, 50, 99] { #expect(try await company.count("C\(place)") == 1) }
        #expect(company.sandbox.counters.apiRequests == 103)
    }
}
