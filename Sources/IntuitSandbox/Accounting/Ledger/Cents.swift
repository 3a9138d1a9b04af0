// SPDX-License-Identifier: Apache-2.0
import Foundation

/// An amount of the home currency in its smallest unit.
///
/// Sums of integers cannot drift.
struct Cents: Sendable, Hashable, Comparable {
    /// Intuit's largest amount.
    static let largest = Cents(9_999_999_999_900)
    static let zero = Cents(0)

    var count: Int

    init(_ count: Int) {
        self.count = count
    }

    /// Nil if the number has more than two decimals or is beyond any amount Intuit takes.
    init?(exactly amount: Decimal) {
        guard amount.isFinite, amount.magnitude <= Decimal(99_999_999_999) else { return nil }
        var count = 0
        var decimals: Int?
        // A decimal describes itself as plain digits, never with an exponent.
        for byte in amount.magnitude.description.utf8 {
            if byte == UInt8(ascii: ".") {
                decimals = 0
                continue
            }
            guard (0x30...0x39).contains(byte) else { return nil }
            let digit = Int(byte - 0x30)
            if let places = decimals, places >= 2 {
                guard digit == 0 else { return nil }
                continue
            }
            count = count * 10 + digit
            decimals = decimals.map { $0 + 1 }
        }
        for _ in (decimals ?? 0)..<2 { count *= 10 }
        self.count = amount.isSignMinus ? -count : count
    }

    var decimal: Decimal {
        Decimal(sign: count < 0 ? .minus : .plus, exponent: -2, significand: Decimal(abs(count)))
    }

    /// Whole units and two decimals, such as `-1234.50`.
    var text: String {
        let whole = abs(count) / 100
        return "\(count < 0 ? "-" : "")\(whole).\(CalendarDay.padded(abs(count) % 100, 2))"
    }

    static func + (left: Cents, right: Cents) -> Cents { Cents(left.count + right.count) }
    static func += (left: inout Cents, right: Cents) { left.count += right.count }
    static prefix func - (amount: Cents) -> Cents { Cents(-amount.count) }
    static func < (left: Cents, right: Cents) -> Bool { left.count < right.count }
}
