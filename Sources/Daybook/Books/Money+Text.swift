// SPDX-License-Identifier: Apache-2.0
package import Foundation

/// Why a text is not an amount; each says what would be one.
package enum MoneyTextError: Error, Equatable, Sendable {
    case notANumber
    case tooManyDecimals(allowed: Int)
    case tooLarge

    package var remedy: String {
        switch self {
        case .notANumber: "write digits with a decimal point and no currency sign or thousands comma, such as 1250.00"
        case .tooManyDecimals(0): "this currency has no cents; write a whole number"
        case .tooManyDecimals(let allowed): "write at most \(allowed) decimals"
        case .tooLarge: "QuickBooks Online takes amounts up to 99,999,999,999"
        }
    }
}

extension Money {
    /// Reads `-?digits[.digits]` exactly: no grouping, no exponent, no rounding.
    package init(text: String, currency: Currency) throws(MoneyTextError) {
        let negative = text.hasPrefix("-")
        let parts = (negative ? text.dropFirst() : text[...]).split(separator: ".", omittingEmptySubsequences: false)
        guard let whole = parts.first, parts.count <= 2, !whole.isEmpty else { throw .notANumber }
        let decimals = parts.count == 2 ? parts[1] : ""
        guard whole.utf8.allSatisfy(Self.isDigit), decimals.utf8.allSatisfy(Self.isDigit),
            parts.count == 1 || !decimals.isEmpty
        else { throw .notANumber }
        let digits = currency.minorUnitDigits
        // 12.500 is 12.50 written longer; 12.505 is not an amount in cents.
        guard decimals.dropFirst(digits).allSatisfy({ $0 == "0" }) else { throw .tooManyDecimals(allowed: digits) }
        let padded = decimals.prefix(digits) + String(repeating: "0", count: max(0, digits - decimals.count))
        guard whole.count <= 18, let units = Int64(whole), units <= Self.largestUnits,
            let minor = padded.isEmpty ? 0 : Int64(padded)
        else { throw .tooLarge }
        let magnitude = units * Self.scale(digits) + minor
        guard magnitude <= Self.largestUnits * Self.scale(digits) else { throw .tooLarge }
        self.init(minorUnits: negative ? -magnitude : magnitude, currency: currency)
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
    private static func scale(_ digits: Int) -> Int64 { digits == 0 ? 1 : 100 }
}

extension Money: CustomStringConvertible {
    package var description: String { "\(text) \(currency.code)" }
}
