// SPDX-License-Identifier: Apache-2.0
import Foundation

/// Reads the members of one JSON object, noting every mistake instead of stopping at the first.
struct FieldReader {
    private let members: [String: JSONTree]
    private let path: String
    private let line: Int?
    private(set) var problems: [IntakeProblem] = []
    private var seen: Set<String> = []

    init(_ members: [String: JSONTree], path: String = "", line: Int?) {
        self.members = members
        self.path = path
        self.line = line
    }

    mutating func note(_ field: String, _ value: String, _ remedy: String) {
        problems.append(IntakeProblem(line: line, field: path + field, value: value, remedy: remedy))
    }

    mutating func adopt(_ other: [IntakeProblem]) { problems.append(contentsOf: other) }

    /// The member, unless it is absent or null.
    mutating func value(_ field: String) -> JSONTree? {
        seen.insert(field)
        guard let value = members[field], value != .null else { return nil }
        return value
    }

    mutating func text(_ field: String, limit: Int, required remedy: String? = nil) -> String? {
        guard let value = value(field) else {
            if let remedy { note(field, "", remedy) }
            return nil
        }
        guard let text = Self.plain(value) else {
            note(field, value.shown, "write a text")
            return nil
        }
        let trimmed = text.trimmingCharacters(in: .whitespacesAndNewlines)
        guard trimmed.unicodeScalars.allSatisfy(Self.isPrintable) else {
            note(field, value.shown, "remove line breaks and control characters")
            return nil
        }
        guard trimmed.count <= limit else {
            note(field, value.shown, "write at most \(limit) characters; this has \(trimmed.count)")
            return nil
        }
        guard !trimmed.isEmpty else {
            if let remedy { note(field, "", remedy) }
            return nil
        }
        return trimmed
    }

    mutating func number(_ field: String, in range: ClosedRange<Int>, standard: Int? = nil) -> Int? {
        guard let value = value(field) else {
            if standard == nil {
                note(field, "", "write a whole number from \(range.lowerBound) to \(range.upperBound)")
            }
            return standard
        }
        guard let text = Self.plain(value), let number = Int(text), range.contains(number) else {
            note(field, value.shown, "write a whole number from \(range.lowerBound) to \(range.upperBound)")
            return nil
        }
        return number
    }

    mutating func flag(_ field: String) -> Bool? {
        guard let value = value(field) else { return nil }
        if case .bool(let flag) = value { return flag }
        switch Self.plain(value)?.lowercased() {
        case "true", "yes", "1": return true
        case "false", "no", "0": return false
        default:
            note(field, value.shown, "write true or false")
            return nil
        }
    }

    mutating func choice<Choice: RawRepresentable & CaseIterable>(_ field: String, of _: Choice.Type) -> Choice?
    where Choice.RawValue == String {
        let words = Choice.allCases.map(\.rawValue).joined(separator: ", ")
        guard let value = value(field) else {
            note(field, "", "write one of \(words)")
            return nil
        }
        guard let text = Self.plain(value), let choice = Choice(rawValue: text.lowercased()) else {
            note(field, value.shown, "write one of \(words)")
            return nil
        }
        return choice
    }

    /// An amount above zero.
    mutating func amount(_ field: String, _ currency: Currency) -> Money? {
        guard let value = value(field) else {
            note(field, "", "write an amount such as 125.00")
            return nil
        }
        guard let text = Self.plain(value) else {
            note(field, value.shown, "write an amount such as 125.00")
            return nil
        }
        do throws(MoneyTextError) {
            let money = try Money(text: text, currency: currency)
            guard money.minorUnits > 0 else {
                note(field, value.shown, "write an amount above zero; the kind of transaction says which way it goes")
                return nil
            }
            return money
        } catch {
            note(field, value.shown, error.remedy)
            return nil
        }
    }

    /// The objects of a list, each with its path; notes what isn't one.
    mutating func objects(_ field: String) -> [FieldReader] {
        guard let value = value(field) else { return [] }
        guard case .array(let items) = value else {
            note(field, value.shown, "write a list: [ … ]")
            return []
        }
        return items.enumerated().compactMap { index, item in
            guard case .object(let members) = item else {
                note("\(field)[\(index)]", item.shown, "write an object: { … }")
                return nil
            }
            return FieldReader(members, path: "\(path)\(field)[\(index)].", line: line)
        }
    }

    mutating func object(_ field: String) -> FieldReader? {
        guard let value = value(field) else { return nil }
        guard case .object(let members) = value else {
            note(field, value.shown, "write an object: { … }")
            return nil
        }
        return FieldReader(members, path: "\(path)\(field).", line: line)
    }

    mutating func leaveUnread(_ fields: [String]) { seen.formUnion(fields) }

    /// Names every member nobody asked for: a misspelt field must not be lost in silence.
    mutating func refuseUnknownFields() {
        for field in members.keys.sorted() where !seen.contains(field) {
            note(
                field.isEmpty ? "\"\"" : field, members[field]?.shown ?? "",
                "this field is not known here; remove it or correct its name")
        }
    }

    private static func isPrintable(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.properties.generalCategory {
        case .control, .lineSeparator, .paragraphSeparator: false
        default: true
        }
    }

    private static func plain(_ value: JSONTree) -> String? {
        switch value {
        case .string(let text), .number(let text): text
        case .object, .array, .bool, .null: nil
        }
    }
}
