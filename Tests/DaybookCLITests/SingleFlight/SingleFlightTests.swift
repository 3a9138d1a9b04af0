// SPDX-License-Identifier: Apache-2.0
@testable import DaybookCLI
import Foundation
import HTTPTransport
import HTTPTypes
import Testing

@Suite("The server's tasks and two processes want a token at the same expired moment", .timeLimit(.minutes(180)))
struct SingleFlightTests {
    /// A few in `make test`; `DAYBOOK_SINGLE_FLIGHT_ROUNDS=1000 make test ARGS="--filter SingleFlightTests/processes"`
    /// for as many as one likes.
    private static var rounds: Int {
        ProcessInfo.processInfo.environment["DAYBOOK_SINGLE_FLIGHT_ROUNDS"].flatMap { Int($0) } ?? 4
    }

    @Test("200 tasks, 200 calls from each of two programs, and the exporter: exactly one token request a round")
    func processes() async throws {
        try await withFolder { folder in
            try await ProgramsFixture.with(folder) { fixture in
                try await InBetween.with(fixture.sandbox.address) { between in
                    let discovery = "\(between.address)/.well-known/openid_sandbox_configuration"
                    let road = ["DAYBOOK_INTUIT_DISCOVERY_URL": discovery, "DAYBOOK_QUICKBOOKS_URL": between.address]
                    try await InnerServer.with(fixture.environment.merging(road) { $1 }) { server in
                        try await fixture.connect()
                        try await fixture.fillAccountNumbers()
                        try await live(fixture, server, between)
                    }
                }
            }
        }
    }

    private func live(_ fixture: ProgramsFixture, _ server: InnerServer, _ between: InBetween) async throws {
        let moment = try await ExpiredMoment(fixture, server, between, calls: 200)
        between.always("/companyinfo/", TransportResponse(head: HTTPResponse(status: .serviceUnavailable)))
        let before = try await fixture.counters()
        let start = ContinuousClock.now
        for round in 1...Self.rounds {
            let asked = try await moment.round(round)
            guard asked == 1 else {
                Issue.record("round \(round): \(asked) token requests")
                break
            }
        }
        let took = ContinuousClock.now - start
        try await moment.end()
        between.asUsual()
        let test = try await fixture.server.call(
            .post, "/api/v1/connections/1/test", body: Array("{}".utf8), contentType: "application/json")
        #expect(test.statusCode == 200)
        let after = try await fixture.counters()
        let asked = after.tokenRequests - before.tokenRequests
        print("\(Self.rounds) rounds of 200 tasks, 2 × 200 calls and an exporter: \(asked) token requests, \(took)")
        #expect(asked == Self.rounds)
        #expect(server.errors.isEmpty)
        #expect(after.allDocuments - before.allDocuments == Self.rounds, "the exporter had its token too")
    }
}
