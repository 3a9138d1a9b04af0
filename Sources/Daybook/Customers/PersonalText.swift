// SPDX-License-Identifier: Apache-2.0
import Foundation

/// Takes a customer's name, and what looks like a mail address or a telephone number, out of a text.
///
/// A part of a name that stands alone is left, because “Lake” may also be a place to deliver to.
struct PersonalText: Sendable {
    private static let removed = "[removed]"

    private let names: [String]
    private let pseudonym: String

    init(name: String, pseudonym: String) {
        self.pseudonym = pseudonym
        names = Self.forms(of: name)
    }

    /// The text without the name.
    func withoutName(_ text: String) -> String {
        names.reduce(text) { Self.replacing($1, in: $0, by: pseudonym) }
    }

    /// The text without the name, mail addresses and telephone numbers.
    func cleaned(_ text: String) -> String {
        withoutName(text)
            .replacing(/[\w.+%\-]+@[\w\-]+(?:\.[\w\-]+)+/, with: Self.removed)
            .replacing(/\+\d{1,3}(?:[ .()\/\-]{1,2}\d{2,4}){2,5}/, with: Self.removed)
            .replacing(/(?:\b1[ .\-])?\(?\b\d{3}\)?[ .\-]\d{3}[ .\-]\d{4}\b/, with: Self.removed)
    }

    /// `Ann Lake` is also written `Lake, Ann`, and the other way round.
    private static func forms(of name: String) -> [String] {
        let parts = name.split(separator: ",").map { $0.trimmingCharacters(in: .whitespaces) }
        if parts.count == 2, !parts[0].isEmpty, !parts[1].isEmpty { return [name, "\(parts[1]) \(parts[0])"] }
        let words = name.split(separator: " ")
        return words.count == 2 ? [name, "\(words[1]), \(words[0])"] : [name]
    }

    /// Whole words only, without regard to case and accents.
    private static func replacing(_ name: String, in text: String, by other: String) -> String {
        guard !name.isEmpty else { return text }
        var result = ""
        var rest = text[...]
        while let found = rest.range(of: name, options: [.caseInsensitive, .diacriticInsensitive]) {
            let before = rest[..<found.lowerBound].last ?? result.last
            let isWord = !isPart(before) && !isPart(rest[found.upperBound...].first)
            result += rest[..<found.lowerBound] + (isWord ? other[...] : rest[found])
            rest = rest[found.upperBound...]
        }
        return result + rest
    }

    private static func isPart(_ character: Character?) -> Bool {
        character.map { $0.isLetter || $0.isNumber } ?? false
    }
}
