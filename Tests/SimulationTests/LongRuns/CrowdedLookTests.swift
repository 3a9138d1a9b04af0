// SPDX-License-Identifier: Apache-2.0
import Foundation
import Testing

/// `make simulate ARGS=looks` runs it with 20,000 foreign entries.
@Suite("A look through a crowd")
struct CrowdedLookTests {
    /// 20,000 entries would be above 40 MB if the look kept them.
    private static let mostGrowth = 16 << 20

    @Test("settles after 429s and a stop, keeps nothing of the crowd; another company waits for one call at most")
    func crowded() async throws {
        let entries = RunSize.documents(620)
        var results: [CrowdedLook.Result] = []
        for seed in RunSize.seeds(1) {
            let replay = Comment(
                rawValue: "replay with DAYBOOK_SEED=\(seed) DAYBOOK_DOCUMENTS=\(entries) "
                    + "swift test --filter CrowdedLookTests")
            do {
                let result = try await CrowdedLook(seed: seed, entries: entries).live()
                #expect(result.isSettled && result.wasStopped && result.surplus == 0, replay)
                #expect(result.envelopes == 1, "what was renumbered was found, not sent again; \(replay)")
                #expect(result.mostKept <= 1 && result.growth <= Self.mostGrowth, replay)
                #expect(result.mostBetween <= 1 && result.postedMeanwhile > 0, replay)
                // A page begins with the last entry of the page before; a stop reads none again, a 429 does.
                #expect(result.pages >= entries / 250 && result.pages <= entries / 249 + 6, replay)
                results.append(result)
            } catch {
                Issue.record("\(error); \(replay)")
            }
        }
        print(Self.table(results, entries: entries))
    }

    private static func table(_ results: [CrowdedLook.Result], entries: Int) -> RunTable {
        RunTable(
            head: [
                "foreign entries", "seeds", "pages", "entries kept, at most", "memory grew by, at most",
                "calls before another company's, at most", "batches it posted meanwhile", "doubles",
            ],
            rows: [
                [
                    "\(entries)", "\(results.count)", "\(results.map(\.pages).max() ?? 0)",
                    "\(results.map(\.mostKept).max() ?? 0)",
                    String(format: "%.1f MB", Double(results.map(\.growth).max() ?? 0) / 1_048_576),
                    "\(results.map(\.mostBetween).max() ?? 0)", "\(results.map(\.postedMeanwhile).min() ?? 0)",
                    "\(results.map(\.surplus).reduce(0, +))",
                ]
            ])
    }
}
