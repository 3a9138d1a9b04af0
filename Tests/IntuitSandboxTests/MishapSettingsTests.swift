// SPDX-License-Identifier: Apache-2.0
import Foundation
import HTTPTransport
import HTTPTypes
import IntuitSandbox
import Testing

@Suite("When mishaps happen")
struct MishapSettingsTests {
    let company: CompanyCaller

    init() throws { company = try CompanyCaller() }

    @Test("Scripted mishaps wait for their route and happen as often as asked")
    func scripted() async throws {
        company.sandbox.nextMishap(.unavailable503HTML, count: 2, route: .batch)
        #expect(try await company.create("One").statusCode == 200)
        #expect(try await company.read().statusCode == 200)
        #expect(try await company.batch("Two").statusCode == 503)
        #expect(try await company.batch("Two").statusCode == 503)
        #expect(try await company.batch("Two").statusCode == 200)
        #expect(company.sandbox.counters.mishaps == [.unavailable503HTML: 2])
    }

    @Test("Rates are met, spare the token endpoint unless named, and repeat with their seed")
    func rates() async throws {
        company.sandbox.setThrottles(enabled: false)
        let refreshToken = try company.caller.grant().refreshToken
        var runs: [[Int]] = []
        for _ in 0..<2 {
            try company.sandbox.setMishaps(
                SandboxMishapSettings(rates: [.unavailable503HTML: 0.1, .throttled429: 0.2], seed: 11))
            var statuses: [Int] = []
            for _ in 0..<500 { statuses.append(try await company.read().statusCode) }
            runs.append(statuses)
            for _ in 0..<50 { #expect(try await company.caller.refresh(refreshToken).statusCode == 200) }
        }
        #expect(runs[0] == runs[1])
        #expect((30...75).contains(runs[0].count { $0 == 503 }))
        #expect((70...130).contains(runs[0].count { $0 == 429 }))

        try company.sandbox.setMishaps(SandboxMishapSettings(rates: [.unavailable503HTML: 1], routes: [.token]))
        #expect(try await company.caller.refresh(refreshToken).statusCode == 503)
        #expect(try await company.read().statusCode == 200)
    }

    @Test("A lost answer of the token endpoint has rotated the token all the same")
    func lostRotation() async throws {
        let first = try company.caller.grant().refreshToken
        company.sandbox.advance(by: .seconds(90_000))
        company.sandbox.nextMishap(.answerDroppedAfterCommit, route: .token)
        await #expect(throws: TransportError.timedOut(sentBytes: true)) { try await company.caller.refresh(first) }
        #expect(try await company.caller.refresh(first).string("error") == "invalid_grant")
    }

    @Test("On the wall clock a lost answer shows at once")
    func wallClock() async throws {
        let company = try CompanyCaller { $0.clock = .wall }
        company.sandbox.nextMishap(.answerDroppedAfterCommit)
        await #expect(throws: TransportError.connectionFailed(sentBytes: true, reason: "closed without an answer")) {
            try await company.create("One")
        }
        let before = company.sandbox.now
        company.sandbox.advance(by: .seconds(3600))
        #expect(company.sandbox.now.timeIntervalSince(before) >= 3600)
    }

    @Test("A repeated requestid is honoured, ignored or answered 6000, as set")
    func requestIDs() async throws {
        for policy in SandboxRequestIDs.allCases {
            try company.sandbox.setMishaps(SandboxMishapSettings(requestIDs: policy))
            let first = try await company.create("R \(policy)", requestID: "id-\(policy)")
            let second = try await company.create("R \(policy)", requestID: "id-\(policy)")
            #expect(first.statusCode == 200)
            switch policy {
            case .honoured: #expect(second.statusCode == 200)
            case .ignored: #expect(second.text.contains("\"6240\""), "created again, so the name is taken")
            case .answers6000: #expect(second.text.contains("\"6000\""))
            }
            #expect(try await company.count("R \(policy)") == 1)
        }
    }
}
