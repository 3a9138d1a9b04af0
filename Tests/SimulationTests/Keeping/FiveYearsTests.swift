// SPDX-License-Identifier: Apache-2.0
import ConnectionYears
import Foundation
import Testing

/// `DAYBOOK_YEARS_SEEDS` says how many seeds, `DAYBOOK_SEED` replays one.
///
/// A seed costs over half a minute of CPU without optimization, so three are the usual number.
@Suite("Five years of ordinary use")
struct FiveYearsTests {
    static var seeds: [UInt64] {
        let environment = ProcessInfo.processInfo.environment
        if let one = environment["DAYBOOK_SEED"].flatMap({ UInt64($0) }) { return [one] }
        return Array(1...(environment["DAYBOOK_YEARS_SEEDS"].flatMap { UInt64($0) } ?? 3))
    }

    @Test(
        "the connection lives as long as Intuit lets it; only a new token lost on the way ends it, and that is said",
        arguments: seeds)
    func ordinaryUse(seed: UInt64) async throws {
        var plan = YearsPlan(seed: seed)
        // A build without optimization has no time for 1,300 postings a seed; `make simulate` has.
        plan.postsDaily = false
        let result = try await ConnectionYears.live(plan)
        #expect(result.complaints == [], "replay with \(result.replay)")
        #expect(result.answersLost > 10 && result.rotationsLost > 0, "too tame to prove anything")
    }
}
