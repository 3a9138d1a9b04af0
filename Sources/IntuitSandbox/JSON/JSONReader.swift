// SPDX-License-Identifier: Apache-2.0
import Foundation

extension JSONValue {
    /// Reads one JSON document (RFC 8259).
    ///
    /// Of a repeated member the last one counts.
    init(parsing bytes: [UInt8]) throws(JSONSyntaxError) {
        var reader = JSONReader(bytes: bytes)
        self = try reader.document()
    }
}

/// A strict reader.
///
/// It is used instead of `JSONDecoder`, which tries several types for each number and is too slow for the tens of
/// thousands of documents of a test run.
struct JSONReader {
    private static let deepest = 64

    let bytes: [UInt8]
    private(set) var position = 0

    init(bytes: [UInt8]) {
        self.bytes = bytes
    }

    mutating func document() throws(JSONSyntaxError) -> JSONValue {
        let value = try value(depth: 0)
        skipSpace()
        if position < bytes.count { throw .unexpectedByte(bytes[position], byte: position) }
        return value
    }

    private mutating func value(depth: Int) throws(JSONSyntaxError) -> JSONValue {
        if depth > Self.deepest { throw .tooDeep(byte: position) }
        skipSpace()
        switch try peek() {
        case UInt8(ascii: "{"): return try object(depth: depth)
        case UInt8(ascii: "["): return try array(depth: depth)
        case UInt8(ascii: "\""): return .string(try string())
        case UInt8(ascii: "t"): return try word("true", .bool(true))
        case UInt8(ascii: "f"): return try word("false", .bool(false))
        case UInt8(ascii: "n"): return try word("null", .null)
        default: return .number(try number())
        }
    }

    private mutating func object(depth: Int) throws(JSONSyntaxError) -> JSONValue {
        position += 1
        var members: [String: JSONValue] = [:]
        skipSpace()
        if try peek() == UInt8(ascii: "}") {
            position += 1
            return .object(members)
        }
        while true {
            skipSpace()
            let name = try string()
            skipSpace()
            try take(UInt8(ascii: ":"))
            members[name] = try value(depth: depth + 1)
            if try closes(UInt8(ascii: "}")) { return .object(members) }
        }
    }

    private mutating func array(depth: Int) throws(JSONSyntaxError) -> JSONValue {
        position += 1
        var items: [JSONValue] = []
        skipSpace()
        if try peek() == UInt8(ascii: "]") {
            position += 1
            return .array(items)
        }
        while true {
            items.append(try value(depth: depth + 1))
            if try closes(UInt8(ascii: "]")) { return .array(items) }
        }
    }

    /// After an element: true at the closing bracket, false at a comma.
    private mutating func closes(_ bracket: UInt8) throws(JSONSyntaxError) -> Bool {
        skipSpace()
        let next = try peek()
        guard next == bracket || next == UInt8(ascii: ",") else { throw .unexpectedByte(next, byte: position) }
        position += 1
        return next == bracket
    }

    private mutating func word(_ text: StaticString, _ value: JSONValue) throws(JSONSyntaxError) -> JSONValue {
        for offset in 0..<text.utf8CodeUnitCount {
            try take(text.utf8Start[offset])
        }
        return value
    }

    // MARK: Steps

    func peek() throws(JSONSyntaxError) -> UInt8 {
        guard position < bytes.count else { throw .unexpectedEnd }
        return bytes[position]
    }

    mutating func take(_ byte: UInt8) throws(JSONSyntaxError) {
        let next = try peek()
        guard next == byte else { throw .unexpectedByte(next, byte: position) }
        position += 1
    }

    mutating func advance(to position: Int) {
        self.position = position
    }

    private mutating func skipSpace() {
        while position < bytes.count {
            switch bytes[position] {
            case 0x20, 0x09, 0x0A, 0x0D: position += 1
            default: return
            }
        }
    }
}
