// SPDX-License-Identifier: Apache-2.0

/// Which mark a table writes between the whole and its fraction; the other one groups thousands.
package enum DecimalMark: String, Codable, Sendable, CaseIterable {
    case point, comma

    private var character: Character { self == .point ? "." : "," }

    /// Marks between thousands in both ways of writing: apostrophes and spaces.
    private static let otherMarks: Set<Character> = ["'", "’", " ", "\u{A0}", "\u{202F}"]

    /// The amount as digits with a point, such as `-1250.00`; nil for a text that is no amount in this way of writing.
    ///
    /// A currency sign or code, spaces, an apostrophe between thousands, and parentheses or a minus at either end
    /// belong to how people write.
    func plain(_ text: some StringProtocol) -> String? {
        guard let bare = BareAmount(text) else { return nil }
        let grouping = Self.otherMarks.union(self == .point ? [","] : ["."])
        let parts = bare.digits.split(separator: character, omittingEmptySubsequences: false)
        guard (1...2).contains(parts.count), let whole = Self.ungrouped(parts[0], grouping) else { return nil }
        var plain = (bare.isNegative ? "-" : "") + whole
        guard parts.count == 2 else { return plain }
        guard parts[1].allSatisfy(Self.isDigit), !parts[1].isEmpty else { return nil }
        plain += "." + parts[1]
        return plain
    }

    /// Groups have three digits each, but for the first one, and one mark.
    private static func ungrouped(_ whole: Substring, _ grouping: Set<Character>) -> String? {
        guard let mark = whole.first(where: { !isDigit($0) }) else { return whole.isEmpty ? nil : String(whole) }
        let groups = whole.split(separator: mark, omittingEmptySubsequences: false)
        guard grouping.contains(mark), (1...3).contains(groups[0].count), groups.allSatisfy({ $0.allSatisfy(isDigit) }),
            groups.dropFirst().allSatisfy({ $0.count == 3 }), groups[0].first != "0"
        else { return nil }
        return groups.joined()
    }

    /// The ways of writing in which a text is an amount.
    ///
    /// `1.250` is one in both: twelve hundred and fifty, or one and a
    /// quarter.
    static func possible(_ text: some StringProtocol) -> Set<DecimalMark> {
        Set(allCases.filter { $0.plain(text) != nil })
    }

    private static func isDigit(_ character: Character) -> Bool { ("0"..."9").contains(character) }
}

/// An amount's digits and marks, without sign and currency.
private struct BareAmount {
    let isNegative: Bool
    let digits: Substring

    init?(_ text: some StringProtocol) {
        var rest = Substring(text)
        var isNegative = false
        func trim() { rest = rest.trimmed }
        trim()
        if rest.first == "(", rest.last == ")" {
            isNegative = true
            rest = rest.dropFirst().dropLast()
            trim()
        }
        // A sign and a currency come in either order: -$5.00, $-5.00, 5.00-, 5.00 EUR.
        for _ in 0..<2 {
            if let sign = rest.first, "-−+".contains(sign) {
                guard sign == "+" || !isNegative else { return nil }
                isNegative = isNegative || sign != "+"
                rest = rest.dropFirst()
            } else if let sign = rest.last, "-−".contains(sign) {
                guard !isNegative else { return nil }
                isNegative = true
                rest = rest.dropLast()
            }
            rest = rest.withoutCurrency
            trim()
        }
        guard let first = rest.first, ("0"..."9").contains(first), rest.last.map({ ("0"..."9").contains($0) }) == true
        else { return nil }
        self.isNegative = isNegative
        digits = rest
    }
}

extension Substring {
    fileprivate var trimmed: Substring {
        var rest = self
        while rest.first?.isWhitespace == true { rest.removeFirst() }
        while rest.last?.isWhitespace == true { rest.removeLast() }
        return rest
    }

    /// Without one currency sign or code at either end.
    fileprivate var withoutCurrency: Substring {
        if let sign = first, sign.isCurrencySymbol { return dropFirst().trimmed }
        if let sign = last, sign.isCurrencySymbol { return dropLast().trimmed }
        if isCode(prefix(3)) { return dropFirst(3).trimmed }
        if isCode(suffix(3)) { return dropLast(3).trimmed }
        return self
    }

    private func isCode(_ letters: Substring) -> Bool { Currency(code: String(letters))?.isInUse == true }
}
