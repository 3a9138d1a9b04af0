// SPDX-License-Identifier: Apache-2.0
import Foundation

/// Reads the members of one object on a tape, noting every mistake instead of stopping at the first.
struct FieldReader {
    private let tape: FieldTape
    private let object: Int
    private let path: FieldPath
    private let line: Int?
    private(set) var problems: [IntakeProblem] = []
    private var seen = SeenMembers()

    init(_ tape: FieldTape, object: Int = 0, path: FieldPath = .transaction, line: Int?) {
        self.tape = tape
        self.object = object
        self.path = path
        self.line = line
    }

    mutating func note(_ field: String, _ value: String, _ remedy: String) {
        problems.append(IntakeProblem(line: line, field: path.text(of: field), value: value, remedy: remedy))
    }

    mutating func adopt(_ other: [IntakeProblem]) { problems.append(contentsOf: other) }

    /// The member's place, unless it is absent or null.
    mutating func value(_ field: String) -> Int? {
        guard let (place, position) = tape.member(field, of: object) else { return nil }
        seen.insert(position)
        return tape.values[place].kind == .null ? nil : place
    }

    mutating func text(_ field: String, limit: Int, required remedy: String? = nil) -> String? {
        guard let value = value(field) else {
            if let remedy { note(field, "", remedy) }
            return nil
        }
        guard tape.isPlain(value) else {
            note(field, tape.shown(value), "write a text")
            return nil
        }
        let text = FieldText.trimmed(tape.textBytes(of: value))
        guard FieldText.isPrintable(text) else {
            note(field, tape.shown(value), "remove line breaks and control characters")
            return nil
        }
        return checked(FieldText.composed(text), field, value, limit, remedy)
    }

    /// A text by which something is told from others; what looks the same is the same after reading.
    mutating func identifier(_ field: String, limit: Int, required remedy: String? = nil) -> String? {
        guard let value = value(field) else {
            if let remedy { note(field, "", remedy) }
            return nil
        }
        guard tape.isPlain(value), !hasExponent(value) else {
            let isNumber = tape.isPlain(value)
            note(field, tape.shown(value), isNumber ? "write it as a text, without an exponent" : "write a text")
            return nil
        }
        let text = FieldText.trimmed(tape.textBytes(of: value))
        guard FieldText.isPrintable(text) else {
            note(field, tape.shown(value), "remove line breaks and control characters")
            return nil
        }
        do throws(IdentifierText.Mistake) {
            return checked(try IdentifierText.read(text), field, value, limit, remedy)
        } catch {
            note(field, tape.shown(value), error.remedy)
            return nil
        }
    }

    /// A numeral such as `1e5`, of which it is not known how the rental system writes it.
    private func hasExponent(_ value: Int) -> Bool {
        tape.values[value].kind == .number && tape.textBytes(of: value).contains { $0 | 32 == UInt8(ascii: "e") }
    }

    private mutating func checked(
        _ text: String, _ field: String, _ value: Int, _ limit: Int, _ remedy: String?
    ) -> String? {
        if let count = FieldText.excess(text, over: limit) {
            let words = text.count == count ? "" : ", because some of them count more than once"
            note(field, tape.shown(value), "write at most \(limit) characters; this has \(count)\(words)")
            return nil
        }
        guard !text.isEmpty else {
            if let remedy { note(field, "", remedy) }
            return nil
        }
        return text
    }

    mutating func number(_ field: String, in range: ClosedRange<Int>, standard: Int? = nil) -> Int? {
        guard let value = value(field) else {
            if standard == nil {
                note(field, "", "write a whole number from \(range.lowerBound) to \(range.upperBound)")
            }
            return standard
        }
        guard let text = plain(value), let number = Int(digits: text), range.contains(number) else {
            note(field, tape.shown(value), "write a whole number from \(range.lowerBound) to \(range.upperBound)")
            return nil
        }
        return number
    }

    mutating func flag(_ field: String) -> Bool? {
        guard let value = value(field) else { return nil }
        if tape.values[value].kind == .yes { return true }
        if tape.values[value].kind == .no { return false }
        switch plain(value)?.lowercased() {
        case "true", "yes", "1": return true
        case "false", "no", "0": return false
        default:
            note(field, tape.shown(value), "write true or false")
            return nil
        }
    }

    mutating func choice<Choice: RawRepresentable & CaseIterable>(_ field: String, of _: Choice.Type) -> Choice?
    where Choice.RawValue == String {
        let value = value(field)
        if let value, let text = plain(value), let choice = Choice(rawValue: text.lowercased()) { return choice }
        let words = Choice.allCases.map(\.rawValue).joined(separator: ", ")
        note(field, value.map(tape.shown) ?? "", "write one of \(words)")
        return nil
    }

    /// An amount of zero or more.
    mutating func amount(_ field: String, _ currency: Currency) -> Money? {
        guard let value = value(field) else {
            note(field, "", "write an amount such as 125.00")
            return nil
        }
        guard tape.isPlain(value) else {
            note(field, tape.shown(value), "write an amount such as 125.00")
            return nil
        }
        do throws(MoneyTextError) {
            let money = try Money(utf8: tape.textBytes(of: value), currency: currency)
            guard !money.isNegative else {
                note(
                    field, tape.shown(value),
                    "write it without the minus; the kind of transaction says which way it goes")
                return nil
            }
            return money
        } catch {
            note(field, tape.shown(value), error.remedy)
            return nil
        }
    }

    /// The objects of a list, each with its path; an item that is no object is noted as a mistake.
    mutating func objects(_ field: String) -> [FieldReader] {
        guard let value = value(field) else { return [] }
        guard tape.values[value].kind == .array else {
            note(field, tape.shown(value), "write a list: [ … ]")
            return []
        }
        var readers: [FieldReader] = []
        for (index, item) in tape.children(of: value).enumerated() {
            guard tape.values[item].kind == .object else {
                note("\(field)[\(index)]", tape.shown(item), "write an object: { … }")
                continue
            }
            readers.append(FieldReader(tape, object: item, path: .item(field, index), line: line))
        }
        return readers
    }

    mutating func object(_ field: String) -> FieldReader? {
        guard let value = value(field) else { return nil }
        guard tape.values[value].kind == .object else {
            note(field, tape.shown(value), "write an object: { … }")
            return nil
        }
        return FieldReader(tape, object: value, path: .member(field), line: line)
    }

    mutating func leaveUnread(_ fields: [String]) { for field in fields { _ = value(field) } }

    /// Notes every member that no reader asked for, so that a misspelt field is not ignored.
    mutating func refuseUnknownFields() {
        var unknown: [(name: String, place: Int)] = []
        for (position, member) in tape.children(of: object).enumerated() where !seen.contains(position) {
            unknown.append((tape.name(of: member), member))
        }
        guard !unknown.isEmpty else { return }
        for (name, member) in unknown.sorted(by: { $0.name < $1.name }) {
            note(
                name.isEmpty ? "\"\"" : name, tape.shown(member),
                "this field is not known here; remove it or correct its name")
        }
    }

    private func plain(_ value: Int) -> String? { tape.isPlain(value) ? tape.text(of: value) : nil }
}

/// Which members of an object were asked for, by their positions.
///
/// An object rarely has more members than a word has bits.
private struct SeenMembers {
    private var first: UInt64 = 0
    private var others: Set<Int> = []

    mutating func insert(_ position: Int) {
        if position < 64 { first |= 1 << UInt64(position) } else { others.insert(position) }
    }

    func contains(_ position: Int) -> Bool {
        position < 64 ? first & 1 << UInt64(position) != 0 : others.contains(position)
    }
}
