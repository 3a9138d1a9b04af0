// SPDX-License-Identifier: Apache-2.0
import Foundation

enum ExactDecimal {
    /// Reads the amounts of a report's cells: digits with at most one point, a sign before them.
    ///
    /// Foundation's own reader stops silently at the first character it doesn't know.
    static func parse(_ text: String) -> Decimal? {
        let digits = text.hasPrefix("-") ? text.dropFirst() : text[...]
        let parts = digits.split(separator: ".", omittingEmptySubsequences: false)
        guard parts.count <= 2, parts.allSatisfy({ !$0.isEmpty && $0.utf8.allSatisfy(isDigit) }) else { return nil }
        return Decimal(string: text)
    }

    private static func isDigit(_ byte: UInt8) -> Bool { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) }
}
