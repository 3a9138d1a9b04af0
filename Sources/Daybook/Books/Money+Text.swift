// SPDX-License-Identifier: Apache-2.0
package import Foundation

/// Why a text is not an amount, with the remedy.
package enum MoneyTextError: Error, Equatable, Sendable {
    case notANumber
    case tooManyDecimals(allowed: Int)
    case tooLarge

    package var remedy: String {
        switch self {
        case .notANumber: "write digits with a decimal point and no currency sign or thousands comma, such as 1250.00"
        case .tooManyDecimals(0): "this currency has no cents; write a whole number"
        case .tooManyDecimals(let allowed):
            "write at most \(allowed) decimals, and a point only before them, not between thousands"
        case .tooLarge: "QuickBooks Online takes amounts up to 99,999,999,999"
        }
    }
}

extension Money {
    /// Reads `-?digits[.digits]` exactly: no grouping, no exponent, no rounding.
    ///
    /// - Throws: ``MoneyTextError`` for any other text, for more decimals than the currency has, also zeros, and for an
    ///   amount above ``largestUnits``.
    package init(text: String, currency: Currency) throws(MoneyTextError) {
        try self.init(utf8: ArraySlice(text.utf8), currency: currency)
    }

    /// Reads a text's bytes by the same rule.
    init(utf8 text: ArraySlice<UInt8>, currency: Currency) throws(MoneyTextError) {
        let isNegative = text.first == UInt8(ascii: "-")
        let magnitude = isNegative ? text.dropFirst() : text
        let whole = magnitude.prefix { $0 != UInt8(ascii: ".") }
        let decimals = magnitude[whole.endIndex...].dropFirst()
        guard !whole.isEmpty, whole.endIndex == magnitude.endIndex || !decimals.isEmpty,
            whole.allSatisfy(Self.isDigit), decimals.allSatisfy(Self.isDigit)
        else { throw .notANumber }
        let digits = currency.minorUnitDigits
        // 1.250 may be twelve hundred and fifty, with a point between the thousands.
        guard decimals.count <= digits else { throw .tooManyDecimals(allowed: digits) }
        guard whole.count <= 18 else { throw .tooLarge }
        let units = Self.number(whole)
        guard units <= Self.largestUnits else { throw .tooLarge }
        // 12.5 is twelve and fifty cents.
        let cents = (0..<digits).reduce(Int64(0)) { sum, position in
            let digit = decimals.dropFirst(position).first.map { Int64($0 - UInt8(ascii: "0")) }
            return sum * 10 + (digit ?? 0)
        }
        let minorUnits = units * Self.scale(digits) + cents
        guard minorUnits <= Self.largestUnits * Self.scale(digits) else { throw .tooLarge }
        self.init(minorUnits: isNegative ? -minorUnits : minorUnits, currency: currency)
    }

    private static func number(_ digits: ArraySlice<UInt8>) -> Int64 {
        digits.reduce(0) { $0 * 10 + Int64($1 - UInt8(ascii: "0")) }
    }

    /// The amount as plain text with its currency's decimals: `1250.00`, `-0.05`.
    package var text: String {
        let digits = currency.minorUnitDigits
        guard digits > 0 else { return String(minorUnits) }
        let magnitude = minorUnits.magnitude
        let scale = UInt64(Self.scale(digits))
        let decimals = String(magnitude % scale)
        let padding = String(repeating: "0", count: digits - decimals.count)
        return "\(minorUnits < 0 ? "-" : "")\(magnitude / scale).\(padding)\(decimals)"
    }

    /// The amount as a decimal, exactly.
    package var decimal: Decimal {
        Decimal(
            sign: minorUnits < 0 ? .minus : .plus, exponent: -currency.minorUnitDigits,
            significand: Decimal(minorUnits.magnitude))
    }

    private static func isDigit(_ byte: UInt8) -> Bool { (48...57).contains(byte) }
    private static func scale(_ digits: Int) -> Int64 { (0..<digits).reduce(1) { scale, _ in scale * 10 } }
}

extension Money: CustomStringConvertible {
    package var description: String { "\(text) \(currency.code)" }
}
