// SPDX-License-Identifier: Apache-2.0

/// An exact amount: whole minor units (cents) of one currency.
///
/// It is never converted to floating point.
package struct Money: Hashable, Sendable {
    package let minorUnits: Int64
    package let currency: Currency

    /// The largest amount QuickBooks Online takes, 99,999,999,999 units, which also keeps any sum of
    /// 10,000 lines far inside 64 bits.
    package static let largestUnits: Int64 = 99_999_999_999

    package init(minorUnits: Int64, currency: Currency) {
        self.minorUnits = minorUnits
        self.currency = currency
    }

    package static func zero(_ currency: Currency) -> Money { Money(minorUnits: 0, currency: currency) }

    package var isZero: Bool { minorUnits == 0 }
    package var isNegative: Bool { minorUnits < 0 }

    /// Adding two currencies is our own bug: a transaction has one currency, checked on the way in.
    package static func + (left: Money, right: Money) -> Money {
        precondition(left.currency == right.currency, "amounts of two currencies can't be added")
        return Money(minorUnits: left.minorUnits + right.minorUnits, currency: left.currency)
    }

    package static func - (left: Money, right: Money) -> Money { left + -right }

    package static prefix func - (money: Money) -> Money {
        Money(minorUnits: -money.minorUnits, currency: money.currency)
    }
}

extension Money: Comparable {
    package static func < (left: Money, right: Money) -> Bool {
        precondition(left.currency == right.currency, "amounts of two currencies can't be compared")
        return left.minorUnits < right.minorUnits
    }
}

extension Sequence where Element == Money {
    package func total(_ currency: Currency) -> Money { reduce(.zero(currency), +) }
}
