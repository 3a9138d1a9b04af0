// SPDX-License-Identifier: Apache-2.0
import Foundation

/// How long a long run is. `DAYBOOK_SEEDS` says how many seeds, `DAYBOOK_SEED` replays one, and `DAYBOOK_DOCUMENTS`
/// says how many documents wait in each; `make simulate` sets them, and the tests' own sizes are small.
enum RunSize {
    static func seeds(_ usual: UInt64) -> [UInt64] { seeds(Array(1...usual)) }

    static func seeds(_ usual: [UInt64]) -> [UInt64] {
        if let one = number("DAYBOOK_SEED") { return [UInt64(one)] }
        return number("DAYBOOK_SEEDS").map { Array(1...UInt64($0)) } ?? usual
    }

    static func documents(_ usual: Int) -> Int { number("DAYBOOK_DOCUMENTS") ?? usual }

    private static func number(_ name: String) -> Int? {
        ProcessInfo.processInfo.environment[name].flatMap { Int($0) }.flatMap { $0 > 0 ? $0 : nil }
    }
}

/// A table for the terminal and for docs/simulations.md.
struct RunTable: CustomStringConvertible {
    let head: [String]
    let rows: [[String]]

    var description: String {
        ([head, head.map { _ in "---" }] + rows).map { "| \($0.joined(separator: " | ")) |" }.joined(separator: "\n")
    }
}
