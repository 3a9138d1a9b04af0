// SPDX-License-Identifier: Apache-2.0
public import Foundation

/// What must hold of a property.
public enum QueryCondition: Sendable, Equatable {
    /// `=`
    case equals(QueryValue)
    /// `<`
    case isBelow(QueryValue)
    /// `<=`
    case isAtMost(QueryValue)
    /// `>`
    case isAbove(QueryValue)
    /// `>=`
    case isAtLeast(QueryValue)
    /// `IN`; an empty list matches nothing that has a value.
    case isIn([QueryValue])
    /// `LIKE`, with `%` for any characters; a `%` in the value is such a wildcard too.
    case matches(String)

    var text: String {
        switch self {
        case .equals(let value): "= \(value.literal)"
        case .isBelow(let value): "< \(value.literal)"
        case .isAtMost(let value): "<= \(value.literal)"
        case .isAbove(let value): "> \(value.literal)"
        case .isAtLeast(let value): ">= \(value.literal)"
        case .isIn(let values):
            "IN (\((values.isEmpty ? [.text("")] : values).map(\.literal).joined(separator: ", ")))"
        case .matches(let pattern): "LIKE \(QueryValue.text(pattern).literal)"
        }
    }
}

/// A value in a query.
public enum QueryValue: Sendable, Equatable {
    /// Text, escaped.
    case text(String)
    /// A day.
    case date(LedgerDate)
    /// A moment, cut to the second, as QuickBooks' own clock is.
    case moment(Date)
    /// A number, quoted, since an unquoted one has been seen to fail.
    case number(Decimal)
    /// True or false, unquoted.
    case flag(Bool)

    var literal: String {
        switch self {
        case .text(let text): "'\(Self.escaped(text))'"
        case .date(let date): "'\(date)'"
        case .moment(let moment): "'\(Self.timestamp(moment))'"
        case .number(let number): "'\(number)'"
        case .flag(let flag): flag ? "true" : "false"
        }
    }

    /// Intuit's escape for a quote is a backslash; doubling it fails.
    ///
    /// The backslash itself is escaped first, or a value that ends with one would swallow the closing quote.
    private static func escaped(_ text: String) -> String {
        // Most values, such as document numbers, have nothing to escape.
        guard text.utf8.contains(where: { $0 == UInt8(ascii: "\\") || $0 == UInt8(ascii: "'") }) else { return text }
        return text.replacing("\\", with: "\\\\").replacing("'", with: "\\'")
    }

    private static func timestamp(_ moment: Date) -> String {
        let whole = Date(timeIntervalSince1970: moment.timeIntervalSince1970.rounded(.down))
        return whole.formatted(.iso8601).replacing("Z", with: "+00:00")
    }
}
