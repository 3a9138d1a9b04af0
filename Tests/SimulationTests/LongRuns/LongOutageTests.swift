// SPDX-License-Identifier: Apache-2.0
import Foundation
import Testing

/// Outages over a full queue; `make simulate ARGS=outages` runs 100 of them with 5,000 documents each.
@Suite("Outages over a full queue")
struct LongOutageTests {
    private static let envelope = 30
    /// Intuit's 40 batches a minute, as our pace uses them, less what the last and the first may lose.
    private static let leastBatchesAMinute = 39.0

    @Test("one envelope in doubt, three calls a minute, draining within three minutes of the end, then at full pace")
    func outages() async throws {
        let documents = RunSize.documents(240)
        var results: [OutageLife.Result] = []
        // Silence, an hour of 5xx, two days of 413, and an hour of 5xx of the token endpoint too.
        for seed in RunSize.seeds([3, 5, 14, 20]) {
            let replay = Comment(
                rawValue: "\(Outage(seed: seed)); replay with DAYBOOK_SEED=\(seed) DAYBOOK_DOCUMENTS=\(documents) "
                    + "swift test --filter LongOutageTests")
            do {
                let result = try await OutageLife(seed: seed, documents: documents).live()
                expect(result, replay)
                results.append(result)
            } catch {
                Issue.record("\(error); \(replay)")
            }
        }
        print(Self.table(results))
    }

    private func expect(_ result: OutageLife.Result, _ replay: Comment) {
        #expect(result.mostInDoubt <= Self.envelope, replay)
        #expect(result.mostCallsAMinute <= 3, replay)
        #expect(result.beganAfter <= 180, replay)
        #expect(result.batchesAMinute >= Self.leastBatchesAMinute, replay)
        #expect(result.errors == 0, replay)
        #expect(result.complaints == [], replay)
    }

    private static func table(_ results: [OutageLife.Result]) -> RunTable {
        let outages = Outage.Length.allCases.flatMap { length in
            Outage.Kind.allCases.map { kind in
                results.filter { $0.outage.kind == kind && $0.outage.length == length }
            }
        }
        return RunTable(
            head: [
                "outage", "seeds", "most in doubt", "calls a minute, at most", "draining began after, at most",
                "batches a minute, at least", "double", "missing", "in Error",
            ],
            rows: outages.filter { !$0.isEmpty }.map(row))
    }

    private static func row(_ results: [OutageLife.Result]) -> [String] {
        let outage = results[0].outage
        func most(_ value: (OutageLife.Result) -> Int) -> String { "\(results.map(value).max() ?? 0)" }
        func sum(_ value: (OutageLife.Result) -> Int) -> String { "\(results.map(value).reduce(0, +))" }
        let began = results.map(\.beganAfter).max() ?? 0
        let batches = results.map(\.batchesAMinute).min() ?? 0
        return [
            "\(outage.length.rawValue) of \(outage.kind.rawValue)", "\(results.count)", most(\.mostInDoubt),
            most(\.mostCallsAMinute), String(format: "%.0f s", began), String(format: "%.1f", batches),
            sum(\.doubles), sum(\.missing), sum(\.errors),
        ]
    }
}
