// SPDX-License-Identifier: Apache-2.0
import Daybook
@testable import DaybookCLI
import Foundation
import Testing

/// The real `daybook serve`, killed again and again with the signal that nobody can catch.
@Suite("Killed in the middle")
struct KillTests {
    @Test(
        "SIGKILL at 20 random moments of the drain books nothing twice and loses nothing",
        .timeLimit(.minutes(15)), arguments: [("honoured", 20_261_102), ("ignored", 20_261_103)])
    func killed(requestIDs: String, seed: UInt64) async throws {
        print("Killing with seed \(seed), requestid \(requestIDs)")
        try await withFolder { folder in
            try await ProgramsFixture.with(folder) { fixture in
                let drain = try await KilledDrain(fixture, requestIDs: requestIDs, seed: seed)
                let verdict = try await drain.run(kills: 20)
                print("\(verdict.transactions) transactions; \(verdict.callsCutOff) calls were cut off by a kill")
                #expect(verdict.transactions >= 500)
                #expect(verdict.killsInTheMiddle == 20)
                // Otherwise no kill met a call under way, and the test proves nothing.
                #expect(verdict.callsCutOff > 0)
                #expect(verdict.counts["exported"] == verdict.transactions)
                #expect(verdict.books.documents == verdict.transactions)
                #expect(verdict.books.duplicates == 0)
                #expect(verdict.books.missing == 0)
                #expect(verdict.books.difference == 0)
            }
        }
    }
}
