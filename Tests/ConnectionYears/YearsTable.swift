// SPDX-License-Identifier: Apache-2.0
import Foundation

/// The results of many seeds as a table, one row for each overlap.
package struct YearsTable: CustomStringConvertible {
    private let results: [YearsResult]

    package init(_ results: [YearsResult]) { self.results = results.sorted { $0.plan.seed < $1.plan.seed } }

    package var description: String {
        var lines = [
            "five years of ordinary use, \(results.count) seeds, 1 % of token answers lost",
            Self.line([
                "overlap", "seeds", "token calls", "rotations", "answers lost", "with a rotation", "early deaths",
                "consents", "transactions", "late", "shown after",
            ]),
        ]
        for overlap in YearsPlan.overlaps {
            let group = results.filter { $0.plan.overlap == overlap }
            guard !group.isEmpty else { continue }
            let shown = group.flatMap(\.early).map(\.shownAfter).max()
            lines.append(
                Self.line([
                    "\(overlap) s", "\(group.count)", Self.sum(group, \.tokenCalls), Self.sum(group, \.rotations),
                    Self.sum(group, \.answersLost), Self.sum(group, \.rotationsLost), Self.sum(group, \.early.count),
                    Self.sum(group, \.consents), Self.sum(group, \.transactions), Self.sum(group, \.late),
                    shown.map { "\(Int($0.rounded(.up))) s" } ?? "-",
                ]))
        }
        lines.append(
            "human acts beyond the first consent and the one that five years demand: "
                + "\(results.reduce(0) { $0 + $1.early.count })")
        for result in results {
            for complaint in result.complaints {
                lines.append("seed \(result.plan.seed): \(complaint); replay with \(result.replay)")
            }
        }
        return lines.joined(separator: "\n")
    }

    private static func sum(_ group: [YearsResult], _ part: (YearsResult) -> Int) -> String {
        "\(group.reduce(0) { $0 + part($1) })"
    }

    private static func line(_ cells: [String]) -> String {
        let widths = [8, 6, 12, 10, 13, 16, 13, 9, 13, 5, 12]
        return zip(cells, widths).map { String(repeating: " ", count: max(0, $1 - $0.count)) + $0 }.joined()
    }
}
