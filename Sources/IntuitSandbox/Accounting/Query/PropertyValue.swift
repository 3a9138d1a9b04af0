// SPDX-License-Identifier: Apache-2.0
import Foundation

/// A value a query compares or sorts by.
enum PropertyValue: Comparable, Sendable {
    case absent
    case id(Int)
    case text(String)
    case number(Decimal)
    case flag(Bool)
    case day(CalendarDay)
    /// Epoch seconds.
    case moment(Int)

    /// Absent sorts first; values of one property are of one kind.
    static func < (left: PropertyValue, right: PropertyValue) -> Bool {
        switch (left, right) {
        case (.absent, .absent): false
        case (.absent, _): true
        case (.id(let left), .id(let right)): left < right
        case (.text(let left), .text(let right)): left < right
        case (.number(let left), .number(let right)): left < right
        case (.flag(let left), .flag(let right)): !left && right
        case (.day(let left), .day(let right)): left < right
        case (.moment(let left), .moment(let right)): left < right
        default: false
        }
    }
}

/// The kind of a queryable property, which says how a literal is read.
enum PropertyType: Sendable {
    case id, text, number, flag, day, moment

    func value(of literal: String) -> PropertyValue? {
        switch self {
        case .id: Int(literal).map { .id($0) }
        case .text: .text(literal)
        case .number: Self.decimal(literal).map { .number($0) }
        case .flag: JSONValue.string(literal.lowercased()).flag.map { .flag($0) }
        case .day: CalendarDay(parsing: literal).map { .day($0) }
        case .moment: PacificTime.epochSecond(parsing: literal).map { .moment($0) }
        }
    }

    private static func decimal(_ literal: String) -> Decimal? {
        guard case .number(let number) = try? JSONValue(parsing: Array(literal.utf8)) else {
            // A literal that is no JSON number is no number; the caller reports it with its property.
            return nil
        }
        return number
    }
}
