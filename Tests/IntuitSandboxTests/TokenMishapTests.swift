// SPDX-License-Identifier: Apache-2.0
import Foundation
import HTTPTransport
import HTTPTypes
import IntuitSandbox
import Testing

@Suite("Mishaps of the token endpoint")
struct TokenMishapTests {
    let caller = SandboxCaller()

    /// A token whose next refresh rotates.
    private func ripeToken() throws -> String {
        let token = try caller.grant().refreshToken
        caller.sandbox.advance(by: .seconds(86_400))
        return token
    }

    @Test("An answer cut after the commit costs no time and the token")
    func cut() async throws {
        let token = try ripeToken()
        let before = caller.sandbox.now
        caller.sandbox.nextMishap(.answerCutAfterCommit, route: .token)
        await #expect(throws: TransportError.connectionFailed(sentBytes: true, reason: "closed without an answer")) {
            try await caller.refresh(token)
        }
        #expect(caller.sandbox.now == before)
        #expect(try await caller.refresh(token).statusCode == 400)
    }

    @Test("A silent answer takes at most the longest silence, or the caller's deadline")
    func silent() async throws {
        for _ in 0..<20 {
            let token = try ripeToken()
            let before = caller.sandbox.now
            caller.sandbox.nextMishap(.answerSilentAfterCommit, route: .token)
            await #expect(throws: TransportError.self) { try await caller.refresh(token) }
            let silence = caller.sandbox.now.timeIntervalSince(before)
            #expect(silence > 0 && silence <= 8)
            #expect(try await caller.refresh(token).statusCode == 400)
        }
        try caller.sandbox.setMishaps(SandboxMishapSettings(longestSilence: .seconds(1_000_000)))
        let token = try ripeToken()
        let before = caller.sandbox.now
        caller.sandbox.nextMishap(.answerSilentAfterCommit)
        await #expect(throws: TransportError.timedOut(sentBytes: true)) { try await caller.refresh(token) }
        #expect(abs(caller.sandbox.now.timeIntervalSince(before) - 60) < 0.001)
    }

    @Test("The token endpoint has rates of its own, by control call too, and repeats with their seed")
    func rates() async throws {
        let token = try caller.grant().refreshToken
        var runs: [[Bool]] = []
        for _ in 0..<2 {
            let body =
                "{\"rates\":{\"throttled429\":0.5},\"tokenRates\":{\"answerCutAfterCommit\":0.1},"
                + "\"longestSilenceSeconds\":3,\"seed\":11}"
            #expect(try await caller.control("mishaps", body).statusCode == 200)
            var lost: [Bool] = []
            for _ in 0..<300 {
                do {
                    lost.append(try await caller.refresh(token).statusCode != 200)
                } catch is TransportError {
                    lost.append(true)
                }
            }
            runs.append(lost)
        }
        #expect(runs[0] == runs[1])
        #expect((12...55).contains(runs[0].count { $0 }))
        #expect(caller.sandbox.mishapSettings.tokenRates == [.answerCutAfterCommit: 0.1])
        #expect(caller.sandbox.mishapSettings.longestSilence == .seconds(3))
        #expect(throws: SandboxError.self) {
            try caller.sandbox.setMishaps(SandboxMishapSettings(tokenRates: [.cutBody: 2]))
        }
    }

    @Test("Rates of its own spare the token endpoint when they are empty")
    func ownButEmpty() async throws {
        let token = try caller.grant().refreshToken
        try caller.sandbox.setMishaps(
            SandboxMishapSettings(rates: [.unavailable503HTML: 1], tokenRates: [:], routes: Set(SandboxRoute.allCases)))
        #expect(try await caller.refresh(token).statusCode == 200)
    }
}
