// SPDX-License-Identifier: Apache-2.0
import Foundation

/// The JSON object of a control call; every getter says in words what is wrong with its field.
struct ControlBody: Sendable {
    private let members: [String: JSONValue]

    /// - Parameter known: The fields the call takes; any other is a typing mistake, and refused as one.
    init(_ bytes: [UInt8], known: [String]) throws(SandboxError) {
        guard !bytes.isEmpty else {
            members = [:]
            return
        }
        let value: JSONValue
        do {
            value = try JSONValue(parsing: bytes)
        } catch {
            throw SandboxError(
                description: "The body is not JSON (\(error)); send one object with \(Self.list(known)).")
        }
        guard let members = value.members else {
            throw SandboxError(description: "The body is JSON but not an object; send one with \(Self.list(known)).")
        }
        if let stranger = members.keys.sorted().first(where: { !known.contains($0) }) {
            throw SandboxError(description: "The field \(stranger) is unknown here; use \(Self.list(known)).")
        }
        self.members = members
    }

    func text(_ name: String) throws(SandboxError) -> String? {
        guard let value = members[name] else { return nil }
        guard let text = value.text, !text.isEmpty else { throw fault(name, "a text in quotes") }
        return text
    }

    func requiredText(_ name: String) throws(SandboxError) -> String {
        guard let text = try text(name) else {
            throw SandboxError(description: "The field \(name) is missing; add \"\(name)\": \"…\".")
        }
        return text
    }

    func flag(_ name: String) throws(SandboxError) -> Bool? {
        guard let value = members[name] else { return nil }
        guard let flag = value.boolean else { throw fault(name, "true or false") }
        return flag
    }

    func requiredFlag(_ name: String) throws(SandboxError) -> Bool {
        guard let flag = try flag(name) else {
            throw SandboxError(description: "The field \(name) is missing; give true or false.")
        }
        return flag
    }

    /// A list of texts.
    func texts(_ name: String) throws(SandboxError) -> [String]? {
        guard let value = members[name] else { return nil }
        guard let items = value.items else { throw fault(name, "a list of texts") }
        let texts = items.compactMap(\.text)
        guard texts.count == items.count else { throw fault(name, "a list of texts") }
        return texts
    }

    func integer(_ name: String, in range: ClosedRange<Int>) throws(SandboxError) -> Int? {
        guard let value = members[name] else { return nil }
        guard let number = value.decimal, let whole = Int(exactly: NSDecimalNumber(decimal: number).doubleValue),
            range.contains(whole)
        else { throw fault(name, "a whole number from \(range.lowerBound) to \(range.upperBound)") }
        return whole
    }

    /// A number of seconds, not negative, fractions allowed.
    func duration(_ name: String) throws(SandboxError) -> Duration? {
        guard let value = members[name] else { return nil }
        let longest = Decimal(10_000_000_000)
        guard let seconds = value.decimal, seconds >= 0, seconds <= longest else {
            throw fault(name, "a number of seconds, 0 or more")
        }
        return .microseconds(Int64(NSDecimalNumber(decimal: seconds * 1_000_000).doubleValue.rounded()))
    }

    /// One of an enumeration's words.
    func word<Word: RawRepresentable & CaseIterable>(_ name: String, _: Word.Type) throws(SandboxError) -> Word?
    where Word.RawValue == String {
        guard let value = members[name] else { return nil }
        guard let word = value.text.flatMap({ Word(rawValue: $0) }) else { throw fault(name, Self.words(Word.self)) }
        return word
    }

    func words<Word: RawRepresentable & CaseIterable & Hashable>(
        _ name: String, _: Word.Type
    ) throws(SandboxError) -> Set<Word>? where Word.RawValue == String {
        guard let value = members[name] else { return nil }
        var result: Set<Word> = []
        guard let items = value.items else { throw fault(name, "a list with any of: \(Self.words(Word.self))") }
        for item in items {
            guard let word = item.text.flatMap({ Word(rawValue: $0) }) else {
                throw fault(name, "a list with any of: \(Self.words(Word.self))")
            }
            result.insert(word)
        }
        return result
    }

    /// An object of an enumeration's words and a number for each.
    func shares<Word: RawRepresentable & CaseIterable & Hashable>(
        _ name: String, _: Word.Type
    ) throws(SandboxError) -> [Word: Double]? where Word.RawValue == String {
        guard let value = members[name] else { return nil }
        guard let object = value.members else { throw fault(name, "an object such as {\"latency\": 0.05}") }
        var result: [Word: Double] = [:]
        for (key, share) in object {
            guard let word = Word(rawValue: key) else {
                throw SandboxError(description: "\(name) names \(key); use any of: \(Self.words(Word.self)).")
            }
            guard let share = share.decimal else { throw fault("\(name).\(key)", "a number from 0 to 1") }
            result[word] = NSDecimalNumber(decimal: share).doubleValue
        }
        return result
    }

    private func fault(_ name: String, _ remedy: String) -> SandboxError {
        SandboxError(description: "The field \(name) has a wrong value; give \(remedy).")
    }

    static func words<Word: RawRepresentable & CaseIterable>(_: Word.Type) -> String
    where Word.RawValue == String {
        Word.allCases.map(\.rawValue).joined(separator: ", ")
    }

    private static func list(_ names: [String]) -> String {
        names.isEmpty ? "no fields" : "the fields \(names.joined(separator: ", "))"
    }
}
