// SPDX-License-Identifier: Apache-2.0
import ConnectionYears
import Foundation

/// `make simulate`: five years of ordinary use for each of many seeds, and the table of how they went.
@main
struct Simulate {
    static func main() async throws {
        let arguments = CommandLine.arguments.dropFirst()
        guard let seeds = seeds(Array(arguments)) else {
            print("usage: simulate [SEEDS]        SEEDS: how many (200 unless told), or one as seed=N")
            exit(64)
        }
        var results: [YearsResult] = []
        try await withThrowingTaskGroup(of: YearsResult.self) { group in
            var left = seeds.makeIterator()
            // A seed waits for its database and its journal now and then; the others have their turn meanwhile.
            for _ in 0..<(6 * ProcessInfo.processInfo.activeProcessorCount) {
                if let seed = left.next() { group.addTask { try await ConnectionYears.live(YearsPlan(seed: seed)) } }
            }
            for try await result in group {
                results.append(result)
                if let seed = left.next() { group.addTask { try await ConnectionYears.live(YearsPlan(seed: seed)) } }
            }
        }
        print(YearsTable(results))
        if results.contains(where: { !$0.complaints.isEmpty }) { exit(1) }
    }

    private static func seeds(_ arguments: [String]) -> [UInt64]? {
        guard let first = arguments.first else { return Array(1...200) }
        if let one = first.split(separator: "seed=").last, first.hasPrefix("seed=") { return UInt64(one).map { [$0] } }
        guard let count = UInt64(first), count > 0 else { return nil }
        return Array(1...count)
    }
}
