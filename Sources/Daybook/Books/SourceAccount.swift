// SPDX-License-Identifier: Apache-2.0

/// An account as a counter's general ledger files name it, such as `Rental Income:Equipment` or `4000 · Rental income`.
///
/// Which QuickBooks account it means is found by its number or name, or said once by a person.
package struct SourceAccount: Hashable, Sendable, CustomStringConvertible {
    /// The transaction's source: two counters may mean two accounts by one name.
    package let source: String
    /// At most 200 characters; for a line without an account, ``memoMark`` and the line's memo.
    package let name: String

    /// The start of a name that stands for the memo of a line without an account.
    package static let memoMark = "memo: "

    /// Nil unless the name has 1 to 200 characters, no control character, and no space at either end.
    package init?(source: String, name: String) {
        guard (1...Self.longestName).contains(name.count), name.first?.isWhitespace == false,
            name.last?.isWhitespace == false, ControlCharacters.first(in: name) == nil
        else { return nil }
        self.source = source
        self.name = name
    }

    package static let longestName = 200

    package var description: String { name }

    /// Capitals make no difference.
    package func isSame(as other: SourceAccount) -> Bool {
        source == other.source && name.lowercased() == other.name.lowercased()
    }

    /// The memo of a line that names no account.
    package var memo: String? {
        name.hasPrefix(Self.memoMark) ? String(name.dropFirst(Self.memoMark.count)) : nil
    }

    /// The account number that the name holds: `4000`, or the last one of `1000 · Cash:1010 · Drawer`.
    package var number: AccountNumber? {
        guard memo == nil, let last = Self.parts(of: name).last else { return nil }
        if let (number, _) = Self.numbered(last) { return AccountNumber(number) }
        return Self.isNumber(last) && !name.contains(":") ? AccountNumber(String(last)) : nil
    }

    /// The name as it is compared with QuickBooks' full names; nil for a memo.
    package var comparedName: String? { memo == nil ? Self.compared(name) : nil }

    /// A full name without numbers, capitals and spaces around its colons: QuickBooks makes no difference either.
    package static func compared(_ name: String) -> String {
        parts(of: name).map { (numbered($0)?.name ?? String($0)).lowercased() }.joined(separator: ":")
    }

    /// The number and the name of `4000 · Rental income`, as QuickBooks Desktop writes an account that has both.
    private static func numbered(_ part: Substring) -> (number: String, name: String)? {
        guard let mark = part.firstRange(of: "·") else { return nil }
        let number = trimmed(part[..<mark.lowerBound])
        return isNumber(number) ? (number, trimmed(part[mark.upperBound...])) : nil
    }

    private static func isNumber(_ text: some StringProtocol) -> Bool {
        text.first?.isNumber == true && text.allSatisfy { $0.isNumber || $0 == "." || $0 == "-" }
    }

    private static func parts(of name: String) -> [Substring] {
        name.split(separator: ":", omittingEmptySubsequences: false).map { Substring(trimmed($0)) }
    }

    private static func trimmed(_ text: some StringProtocol) -> String {
        var rest = text[...]
        while rest.first?.isWhitespace == true { rest.removeFirst() }
        while rest.last?.isWhitespace == true { rest.removeLast() }
        return String(rest)
    }
}
