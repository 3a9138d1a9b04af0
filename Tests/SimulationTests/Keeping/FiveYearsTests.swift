// SPDX-License-Identifier: Apache-2.0
import ConnectionYears
import Foundation
import Testing

/// One seed, for the debugger: without optimization it costs half a minute.
///
/// `make test` lives through six, and through each day's posting too, with the program of `make simulate`.
/// `DAYBOOK_SEED` replays one here.
@Suite("Five years of ordinary use")
struct FiveYearsTests {
    static var seeds: [UInt64] {
        // The third has no overlap at all: there an answer that is lost is a connection that ends.
        [ProcessInfo.processInfo.environment["DAYBOOK_SEED"].flatMap { UInt64($0) } ?? 3]
    }

    @Test(
        "the connection lives as long as Intuit lets it; only a new token lost on the way ends it, and that is said",
        arguments: seeds)
    func ordinaryUse(seed: UInt64) async throws {
        var plan = YearsPlan(seed: seed)
        // Its 1,300 postings take as long again; the program has time for them.
        plan.postsDaily = false
        let result = try await ConnectionYears.live(plan)
        #expect(result.complaints == [], "replay with DAYBOOK_SEED=\(seed)")
        #expect(result.answersLost > 10 && result.rotationsLost > 0, "too tame to prove anything")
    }
}
