// SPDX-License-Identifier: Apache-2.0

/// The currency that is written beside an amount.
enum AmountCurrency {
    /// Whether a text names no other currency than a row's.
    static func agrees(_ text: String, _ currency: String) -> Bool {
        let signs = text.filter(\.isCurrencySymbol)
        let letters = text.filter(\.isLetter).uppercased()
        guard letters.isEmpty || letters == currency else { return false }
        return signs.allSatisfy { codes[$0]?.contains(currency) == true }
    }

    /// Several countries write a dollar sign.
    private static let codes: [Character: Set<String>] = [
        "$": ["USD", "CAD", "AUD", "NZD", "MXN", "SGD", "HKD", "BBD", "BSD", "BMD", "TTD", "JMD"], "€": ["EUR"],
        "£": ["GBP"], "¥": ["JPY", "CNY"],
    ]
}
