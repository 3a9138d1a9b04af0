// SPDX-License-Identifier: Apache-2.0
import Foundation
import Testing

/// `DAYBOOK_SEEDS` says how many restores, `DAYBOOK_SEED` replays one. The ways take turns.
///
/// Among the few of `make test` are three that failed once: 74 and 127, where the last envelope before the restore was booked
/// after the survey, and 289, where a wait ended nanoseconds too late for a date.
@Suite("Restored copies")
struct RestoreTests {
    static var seeds: [UInt64] {
        let environment = ProcessInfo.processInfo.environment
        if let one = environment["DAYBOOK_SEED"].flatMap({ UInt64($0) }) { return [one] }
        guard let count = environment["DAYBOOK_SEEDS"].flatMap({ UInt64($0) }) else {
            return Array(1...9) + [74, 127, 289]
        }
        return Array(1...count)
    }

    private static func way(of seed: UInt64) -> RestoreWay {
        RestoreWay.allCases[Int(seed % UInt64(RestoreWay.allCases.count))]
    }

    @Test("whatever is restored, nothing is in QuickBooks twice, nothing is lost, and no person has to act")
    func restores() async throws {
        var results: [RestoredLife.Result] = []
        for seed in Self.seeds {
            let way = Self.way(of: seed)
            let replay = "\(way.rawValue); replay with DAYBOOK_SEED=\(seed) swift test --filter RestoreTests"
            do {
                let result = try await RestoredLife(seed: seed, way: way).live()
                #expect(result.complaints == [], "\(replay)")
                #expect(result.lost == 0, "\(replay)")
                results.append(result)
            } catch {
                Issue.record("\(error); \(replay)")
                results.append(RestoredLife.Result(seed: seed, way: way, humanActs: 1))
            }
        }
        print(RestoreTable(results))
    }

    /// The count before each envelope is still there: it notices another poster, and stops for a person.
    @Test(
        "with both witnesses switched off, every way has a seed that posts twice or stops for a person",
        arguments: RestoreWay.allCases)
    func blind(way: RestoreWay) async throws {
        for seed in UInt64(1)...20 {
            do {
                let result = try await RestoredLife(seed: seed, way: way, isBlind: true).live()
                if result.doubles > 0 { return }
            } catch is WorldIsStuck {
                return
            }
        }
        Issue.record("no double in twenty restores that must have some: the simulation is too tame")
    }
}
