// SPDX-License-Identifier: Apache-2.0
@testable import DaybookCLI
import Foundation
import Testing

@Suite("Two processes want a token at the same expired moment", .timeLimit(.minutes(180)))
struct SingleFlightTests {
    /// A few in `make test`; `DAYBOOK_SINGLE_FLIGHT_ROUNDS=1000 make test ARGS="--filter SingleFlightTests/processes"`
    /// for as many as one likes.
    private static var rounds: Int {
        ProcessInfo.processInfo.environment["DAYBOOK_SINGLE_FLIGHT_ROUNDS"].flatMap { Int($0) } ?? 5
    }

    @Test("200 calls from each of two programs and the exporter besides: exactly one token request a round")
    func processes() async throws {
        try await withFolder { folder in
            try await Town.with(folder) { town in
                try await InBetween.with(town.sandbox.address) { between in
                    let discovery = "\(between.address)/.well-known/openid_sandbox_configuration"
                    let daybook = try await RunningProgram.start(
                        "daybook", ["serve"],
                        town.environment.merging(["DAYBOOK_INTUIT_DISCOVERY_URL": discovery]) { $1 },
                        errors: folder.appending(path: "daybook.err"))
                    try await town.connect()
                    try await town.fillAccountNumbers()
                    try await live(town, between)
                    _ = await daybook.end(with: SIGTERM)
                    #expect(try daybook.errors().isEmpty)
                }
            }
        }
    }

    private func live(_ town: Town, _ between: InBetween) async throws {
        let moment = try await ExpiredMoment(town, between, calls: 200)
        let before = try await town.counters()
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
        let after = try await town.counters()
        let asked = after.tokenRequests - before.tokenRequests
        print("\(Self.rounds) rounds of 2 × 200 calls and an exporter: \(asked) token requests, \(took)")
        #expect(asked == Self.rounds)
        let posted = (after.documents["JournalEntry"] ?? 0) - (before.documents["JournalEntry"] ?? 0)
        #expect(posted == Self.rounds, "the exporter had its token too")
    }
}
