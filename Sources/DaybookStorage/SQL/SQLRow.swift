// SPDX-License-Identifier: Apache-2.0
package import Daybook
package import Foundation

/// A row read from left to right: each call takes the next column.
///
/// A record states its columns and reads them in the same order, in one place.
package struct SQLRow: Sendable {
    private let values: [SQLValue]
    private var next = 0

    package init(_ values: [SQLValue]) { self.values = values }

    package mutating func value() throws -> SQLValue {
        guard next < values.count else { throw StoredValueUnreadable(what: "a row is shorter than expected") }
        defer { next += 1 }
        return values[next]
    }

    /// The columns that were not read.
    package mutating func rest() -> [SQLValue] {
        defer { next = values.count }
        return Array(values[next...])
    }

    package mutating func integer() throws -> Int64 {
        guard let value = try optionalInteger() else { throw unreadable("a number is missing") }
        return value
    }

    package mutating func optionalInteger() throws -> Int64? {
        switch try value() {
        case .integer(let value): return value
        case .null: return nil
        case .text, .bytes: throw unreadable("a number is not a number")
        }
    }

    package mutating func text() throws -> String {
        guard let value = try optionalText() else { throw unreadable("a text is missing") }
        return value
    }

    package mutating func optionalText() throws -> String? {
        switch try value() {
        case .text(let value): return value
        case .null: return nil
        case .integer, .bytes: throw unreadable("a text is not a text")
        }
    }

    package mutating func bytes() throws -> [UInt8] {
        guard let value = try optionalBytes() else { throw unreadable("bytes are missing") }
        return value
    }

    package mutating func optionalBytes() throws -> [UInt8]? {
        switch try value() {
        case .bytes(let value): return value
        case .null: return nil
        case .integer, .text: throw unreadable("bytes are not bytes")
        }
    }

    package mutating func int() throws -> Int { Int(try integer()) }

    package mutating func flag() throws -> Bool { try integer() != 0 }

    package mutating func time() throws -> Date { Date(milliseconds: try integer()) }

    package mutating func optionalTime() throws -> Date? { try optionalInteger().map(Date.init(milliseconds:)) }

    /// A store number; throws when the core does not accept it.
    package mutating func store() throws -> StoreNumber {
        let number = try int()
        guard let store = StoreNumber(number) else { throw unreadable("\(number) is not a store number") }
        return store
    }

    package mutating func date() throws -> CalendarDate {
        let text = try text()
        guard let date = CalendarDate(text: text) else { throw unreadable("“\(text)” is not a date") }
        return date
    }

    package mutating func currency() throws -> Currency {
        let code = try text()
        guard let currency = Currency(code: code) else { throw unreadable("“\(code)” is not a currency") }
        return currency
    }

    /// A word of a closed list, such as a state.
    package mutating func word<Word: RawRepresentable>(_ kind: Word.Type) throws -> Word
    where Word.RawValue == String {
        let text = try text()
        guard let word = Word(rawValue: text) else { throw unreadable("“\(text)” is not a known \(kind)") }
        return word
    }

    package func unreadable(_ what: String) -> StoredValueUnreadable {
        StoredValueUnreadable(what: "\(what) (column \(next))")
    }
}

extension [SQLRow] {
    func reading<Value>(_ read: (inout SQLRow) throws -> Value) rethrows -> [Value] {
        try map { row in
            var row = row
            return try read(&row)
        }
    }
}
