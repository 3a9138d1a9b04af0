// SPDX-License-Identifier: Apache-2.0

/// A member of a JSON object, found in an answer that may be damaged.
struct AnswerMember: Equatable {
    enum Value: Equatable {
        case text(String)
        /// A number, `true`, `false` or `null`, as it was written.
        case bare(String)
        /// An object or an array.
        case composite(isEmpty: Bool)
    }

    let name: String
    let value: Value
    /// 1 for the members of the answer itself, more for those of objects within it.
    let depth: Int

    /// The name without regard to case, underscores and hyphens.
    var foldedName: String { Self.folded(name) }

    /// `Refresh_Token`, `refreshToken` and `refresh-token` are `refresh_token`: gateways and JSON libraries change
    /// names in these ways when they pass an object on.
    ///
    /// No two names in a token answer become the same by folding.
    static func folded(_ name: String) -> String {
        String(name.lowercased().filter { $0 != "_" && $0 != "-" })
    }
}

/// Reads the members of a JSON object, up to the point where it ends or is cut, and past damage in between.
///
/// Of complete JSON it reads what any reader does. A member whose value is cut is left out.
struct AnswerMembers {
    private(set) var members: [AnswerMember] = []
    /// The bytes of the object itself; nil when it has no end.
    private(set) var object: Range<Int>?

    private let bytes: [UInt8]
    private var position: Int
    private var depth = 0

    /// Nil unless the body begins with an object; a page that quotes a token doesn't.
    init?(_ body: [UInt8]) {
        bytes = body
        position = body.firstIndex { !Self.isSpace($0) } ?? body.count
        guard position < body.count, body[position] == UInt8(ascii: "{") else { return nil }
        let start = position
        read()
        if depth == 0 { object = start..<position }
    }

    private mutating func read() {
        while position < bytes.count {
            switch bytes[position] {
            case UInt8(ascii: "{"), UInt8(ascii: "["):
                depth += 1
                position += 1
            case UInt8(ascii: "}"), UInt8(ascii: "]"):
                depth -= 1
                position += 1
                if depth == 0 { return }
            case UInt8(ascii: "\""):
                guard let text = string() else { return }
                readValue(of: text)
            default: position += 1
            }
        }
    }

    /// Called after a text: if a colon follows, the text was a name, and its value is read.
    private mutating func readValue(of name: String) {
        skipSpace()
        guard position < bytes.count, bytes[position] == UInt8(ascii: ":") else { return }
        position += 1
        skipSpace()
        guard position < bytes.count else { return }
        switch bytes[position] {
        case UInt8(ascii: "\""): if let text = string() { append(name, .text(text)) }
        case UInt8(ascii: "{"), UInt8(ascii: "["): append(name, .composite(isEmpty: isEmptyComposite))
        default:
            let start = position
            while position < bytes.count, !Self.endsBare(bytes[position]) { position += 1 }
            // Where the body ends within a number, only a part of the number would be read.
            guard position < bytes.count else { return }
            append(name, .bare(String(decoding: bytes[start..<position], as: UTF8.self)))
        }
    }

    /// Whether what opens here is closed again with nothing in it.
    private var isEmptyComposite: Bool {
        let next = bytes[(position + 1)...].first { !Self.isSpace($0) }
        return next == UInt8(ascii: "}") || next == UInt8(ascii: "]")
    }

    private mutating func append(_ name: String, _ value: AnswerMember.Value) {
        members.append(AnswerMember(name: name, value: value, depth: depth))
    }

    /// The text that begins here; nil when it has no end.
    ///
    /// What isn't UTF-8 in it becomes U+FFFD, which no token holds.
    private mutating func string() -> String? {
        position += 1
        let start = position
        while position < bytes.count, bytes[position] != UInt8(ascii: "\"") {
            position += bytes[position] == UInt8(ascii: "\\") ? 2 : 1
        }
        guard position < bytes.count else {
            position = bytes.count
            return nil
        }
        defer { position += 1 }
        return JSONText.unescaped(bytes[start..<position])
    }

    private mutating func skipSpace() {
        while position < bytes.count, Self.isSpace(bytes[position]) { position += 1 }
    }

    private static func isSpace(_ byte: UInt8) -> Bool { [0x20, 0x09, 0x0A, 0x0D].contains(byte) }

    private static func endsBare(_ byte: UInt8) -> Bool {
        isSpace(byte) || byte == UInt8(ascii: ",") || byte == UInt8(ascii: "}") || byte == UInt8(ascii: "]")
    }
}

extension AnswerMembers {
    /// The texts that follow this name anywhere in the body, even where damage has shifted which texts are names and
    /// which are values.
    ///
    /// A text that quotes an answer has a backslash before each of its quotation marks and is not found.
    static func texts(named name: String, anywhereIn bytes: [UInt8]) -> [String] {
        let parts = bytes.split(separator: UInt8(ascii: "\""), omittingEmptySubsequences: false)
        return parts.indices.dropLast(2).compactMap { index in
            let between = parts[index + 1].filter { !isSpace($0) }
            // The value needs a closing mark, so a part must follow it.
            guard index + 3 < parts.count, between == [UInt8(ascii: ":")] else { return nil }
            guard AnswerMember.folded(String(decoding: parts[index], as: UTF8.self)) == name else { return nil }
            return JSONText.unescaped(parts[index + 2])
        }
    }
}

extension JSONText {
    /// The characters of a JSON text, its escapes resolved; an escape that means nothing becomes U+FFFD.
    static func unescaped(_ bytes: ArraySlice<UInt8>) -> String {
        guard bytes.contains(UInt8(ascii: "\\")) else { return String(decoding: bytes, as: UTF8.self) }
        var units: [UInt16] = []
        var rest = Substring(String(decoding: bytes, as: UTF8.self))
        while let character = rest.unicodeScalars.popFirst() {
            guard character == "\\" else {
                units.append(contentsOf: String(character).utf16)
                continue
            }
            units.append(unit(ofEscape: &rest))
        }
        return String(decoding: units, as: UTF16.self)
    }

    private static func unit(ofEscape rest: inout Substring) -> UInt16 {
        let letter = rest.unicodeScalars.popFirst()
        switch letter {
        case "b": return 0x08
        case "f": return 0x0C
        case "n": return 0x0A
        case "r": return 0x0D
        case "t": return 0x09
        case "\"", "\\", "/": return letter.map { UInt16($0.value) } ?? 0xFFFD
        case "u":
            let digits = rest.unicodeScalars.prefix(4)
            guard digits.count == 4, let unit = UInt16(String(digits), radix: 16) else { return 0xFFFD }
            rest.unicodeScalars.removeFirst(4)
            return unit
        default: return 0xFFFD
        }
    }
}
