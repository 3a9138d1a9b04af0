// SPDX-License-Identifier: Apache-2.0

/// An ISO 4217 currency and how many decimals its amounts carry.
package struct Currency: Hashable, Sendable, CustomStringConvertible {
    /// Three capital letters.
    package let code: String

    /// Nil unless `code` is three capital ASCII letters.
    package init?(code: String) {
        guard code.utf8.count == 3, code.utf8.allSatisfy({ (65...90).contains($0) }) else { return nil }
        self.code = code
    }

    private init(known code: String) { self.code = code }

    package static let usd = Currency(known: "USD")

    /// Decimals of the minor unit: 2 for most, 0 for the yen and its like.
    package var minorUnitDigits: Int {
        switch code {
        case "JPY", "KRW", "CLP", "VND", "ISK", "XAF", "XOF", "XPF": 0
        default: 2
        }
    }

    package var description: String { code }
}
