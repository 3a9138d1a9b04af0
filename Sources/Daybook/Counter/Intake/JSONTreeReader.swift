// SPDX-License-Identifier: Apache-2.0

/// Reads JSON by RFC 8259: numerals as written, and a member that stands twice is a mistake.
///
/// Foundation's decoder rounds a long numeral and drops one of two members with the same name, both in
/// silence; neither will do for amounts.
struct JSONTreeReader {
    struct Malformed: Error {
        let remedy: String

        static let notJSON = Malformed(remedy: "it is not JSON; check quotes, commas and brackets")
    }

    /// No transaction nests deeper than four; this only keeps hostile input off the stack.
    private static let deepest = 64

    let bytes: [UInt8]
    var place = 0

    static func tree(_ text: String) throws(Malformed) -> JSONTree {
        var reader = JSONTreeReader(bytes: Array(text.utf8))
        let tree = try reader.value(depth: 0)
        reader.skipSpace()
        guard reader.place == reader.bytes.count else { throw .notJSON }
        return tree
    }

    private mutating func value(depth: Int) throws(Malformed) -> JSONTree {
        guard depth < Self.deepest else { throw Malformed(remedy: "its brackets nest too deep") }
        skipSpace()
        switch peek {
        case UInt8(ascii: "{"): return .object(try members(depth: depth + 1))
        case UInt8(ascii: "["): return .array(try items(depth: depth + 1))
        case UInt8(ascii: "\""): return .string(try string())
        case UInt8(ascii: "t"): return try word("true", .bool(true))
        case UInt8(ascii: "f"): return try word("false", .bool(false))
        case UInt8(ascii: "n"): return try word("null", .null)
        default: return .number(try numeral())
        }
    }

    private mutating func members(depth: Int) throws(Malformed) -> [String: JSONTree] {
        var members: [String: JSONTree] = [:]
        place += 1
        skipSpace()
        if take("}") { return members }
        repeat {
            skipSpace()
            guard peek == UInt8(ascii: "\"") else { throw .notJSON }
            let name = try string()
            skipSpace()
            guard take(":") else { throw .notJSON }
            guard members.updateValue(try value(depth: depth), forKey: name) == nil else {
                throw Malformed(remedy: "the member “\(name.prefix(40))” stands twice in one object; remove one")
            }
            skipSpace()
        } while take(",")
        guard take("}") else { throw .notJSON }
        return members
    }

    private mutating func items(depth: Int) throws(Malformed) -> [JSONTree] {
        var items: [JSONTree] = []
        place += 1
        skipSpace()
        if take("]") { return items }
        repeat {
            items.append(try value(depth: depth))
            skipSpace()
        } while take(",")
        guard take("]") else { throw .notJSON }
        return items
    }

    private mutating func word(_ word: StaticString, _ tree: JSONTree) throws(Malformed) -> JSONTree {
        let end = place + word.utf8CodeUnitCount
        let isThere = word.withUTF8Buffer { end <= bytes.count && bytes[place..<end].elementsEqual($0) }
        guard isThere else { throw .notJSON }
        place = end
        return tree
    }

    // -?(0|[1-9][0-9]*)(.[0-9]+)?([eE][+-]?[0-9]+)?
    private mutating func numeral() throws(Malformed) -> String {
        let start = place
        _ = take("-")
        let whole = place
        guard digits() > 0, bytes[whole] != UInt8(ascii: "0") || place == whole + 1 else { throw .notJSON }
        if take(".") { guard digits() > 0 else { throw .notJSON } }
        if take("e") || take("E") {
            _ = take("+") || take("-")
            guard digits() > 0 else { throw .notJSON }
        }
        return String(decoding: bytes[start..<place], as: UTF8.self)
    }

    private mutating func digits() -> Int {
        let start = place
        while let byte = peek, (48...57).contains(byte) { place += 1 }
        return place - start
    }
}

extension JSONTreeReader {
    var peek: UInt8? { place < bytes.count ? bytes[place] : nil }

    mutating func skipSpace() {
        while let byte = peek, byte == 32 || byte == 9 || byte == 10 || byte == 13 { place += 1 }
    }

    mutating func take(_ character: Unicode.Scalar) -> Bool {
        guard peek == UInt8(ascii: character) else { return false }
        place += 1
        return true
    }
}
