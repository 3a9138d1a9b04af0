// SPDX-License-Identifier: Apache-2.0
package import Daybook

/// What a person typed into the search box, word by word.
///
/// All words have to be found.
package struct SearchWords: Equatable, Sendable {
    package struct Word: Equatable, Sendable {
        /// The word as it was typed, without the signs that the index uses itself.
        package let text: String
        /// An amount, such as `1234` and `50` of `$1,234.5`; the cents are nil where none were typed.
        package var amount: Amount?
        /// The digits of a date or a month, such as `20260315`.
        package var date: String?
        /// The kinds of transaction with this word in their name, such as Deposit taken for `deposits`.
        package var kinds: [CounterEvent.Kind] = []
        /// The accounts that go by this number or name.
        package var accounts: [AccountRole] = []
        /// Whether only the whole word is searched for, and not longer ones that begin with it.
        package var isCommon = false

        package struct Amount: Equatable, Sendable {
            package let whole: String
            package let cents: String?
        }
    }

    package private(set) var words: [Word]

    /// How many words are searched for; further ones are left out.
    private static let most = 8

    init(_ search: String) {
        words = search.split(whereSeparator: Self.separates).map(String.init)
            .filter { $0.contains { $0.isLetter || $0.isNumber } }
            .prefix(Self.most).map(Word.init(typed:))
    }

    private static func separates(_ character: Character) -> Bool {
        character.isWhitespace || character.unicodeScalars.contains { $0.properties.generalCategory == .control }
    }

    package var isEmpty: Bool { words.isEmpty }

    /// The date or month, where nothing else is searched for.
    var onlyDate: String? { words.count == 1 ? words[0].date : nil }

    /// The number that QuickBooks may have given to a document, where nothing else is searched for.
    var onlyNumber: String? {
        guard words.count == 1, words[0].text.utf8.allSatisfy({ (48...57).contains($0) }) else { return nil }
        return words[0].text
    }

    /// Adds to each word what the database knows about it.
    mutating func complete(
        accounts: (String) throws -> [AccountRole], isCommon: (Word) throws -> Bool
    ) rethrows {
        for index in words.indices where words[index].date == nil {
            words[index].accounts = try accounts(words[index].text)
            words[index].isCommon = try isCommon(words[index])
        }
    }
}

extension SearchWords.Word {
    fileprivate init(typed: String) {
        text = typed.filter { $0 != "~" && $0 != "=" && $0 != "@" }
        date = Self.date(typed)
        amount = date == nil ? Self.amount(typed) : nil
        kinds = Self.kinds(text.lowercased())
    }

    /// Three letters also find what begins with them, and an s at the end is taken for the plural's.
    private static func kinds(_ word: String) -> [CounterEvent.Kind] {
        guard word.count >= 3 else { return [] }
        return CounterEvent.Kind.allCases.filter { kind in
            kind.name.lowercased().split(separator: " ").contains { $0.hasPrefix(word) || "\($0)s" == word }
        }
    }

    /// `2026-03-15`, `2026-03`, `3/15/2026`, `3/15/26` or `3/2026`.
    private static func date(_ text: String) -> String? {
        let parts = text.split(separator: text.contains("/") ? "/" : "-", omittingEmptySubsequences: false)
        let numbers = parts.compactMap { $0.utf8.count <= 4 ? Int($0) : nil }
        guard numbers.count == parts.count, (2...3).contains(parts.count) else { return nil }
        let isISO = !text.contains("/")
        let (year, month) = isISO ? (numbers[0], numbers[1]) : (numbers[numbers.count - 1], numbers[0])
        let day = numbers.count == 3 ? (isISO ? numbers[2] : numbers[1]) : nil
        guard !isISO || parts[0].utf8.count == 4 else { return nil }
        guard let date = CalendarDate(year: year < 100 ? 2000 + year : year, month: month, day: day ?? 1) else {
            return nil
        }
        let digits = date.text.replacing("-", with: "")
        return day == nil ? String(digits.prefix(6)) : digits
    }

    private static func amount(_ text: String) -> Amount? {
        let digits = text.drop { $0 == "$" || $0 == "-" }
        let parts = digits.split(separator: ".", omittingEmptySubsequences: false)
        guard (1...2).contains(parts.count), let whole = whole(parts[0]) else { return nil }
        guard parts.count == 2 else { return Amount(whole: whole, cents: nil) }
        let cents = parts[1]
        guard (1...2).contains(cents.utf8.count), cents.utf8.allSatisfy(Self.isDigit) else { return nil }
        return Amount(whole: whole, cents: cents.utf8.count == 1 ? cents + "0" : String(cents))
    }

    /// `1234` or `1,234`.
    private static func whole(_ text: Substring) -> String? {
        let groups = text.split(separator: ",", omittingEmptySubsequences: false)
        guard let first = groups.first, !first.isEmpty, text.utf8.count <= 16,
            groups.allSatisfy({ $0.utf8.allSatisfy(Self.isDigit) }),
            groups.dropFirst().allSatisfy({ $0.utf8.count == 3 }), groups.count == 1 || first.utf8.count <= 3
        else { return nil }
        let digits = groups.joined().drop { $0 == "0" }
        return digits.isEmpty ? "0" : String(digits)
    }

    private static func isDigit(_ byte: UInt8) -> Bool { (48...57).contains(byte) }
}
