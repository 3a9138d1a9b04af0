// SPDX-License-Identifier: Apache-2.0
import Foundation

extension JSONReader {
    // MARK: Strings

    mutating func string() throws(JSONSyntaxError) -> String {
        try take(UInt8(ascii: "\""))
        let start = position
        var end = start
        while end < bytes.count {
            switch bytes[end] {
            case UInt8(ascii: "\""):
                advance(to: end + 1)
                return try utf8(start..<end)
            case UInt8(ascii: "\\"):
                return try escapedString(from: start, firstEscape: end)
            case 0..<0x20:
                throw .unexpectedByte(bytes[end], byte: end)
            default:
                end += 1
            }
        }
        throw .unexpectedEnd
    }

    private func utf8(_ range: Range<Int>) throws(JSONSyntaxError) -> String {
        guard let text = String(validating: bytes[range], as: UTF8.self) else {
            throw .invalidUTF8(byte: range.lowerBound)
        }
        return text
    }

    /// The slower way, for strings with a backslash in them.
    private mutating func escapedString(from start: Int, firstEscape: Int) throws(JSONSyntaxError) -> String {
        var text = try utf8(start..<firstEscape)
        advance(to: firstEscape)
        while true {
            let next = try peek()
            switch next {
            case UInt8(ascii: "\""):
                advance(to: position + 1)
                return text
            case UInt8(ascii: "\\"):
                text.unicodeScalars.append(try escape())
            case 0..<0x20:
                throw .unexpectedByte(next, byte: position)
            default:
                let run = bytes[position...].prefix { $0 != 0x22 && $0 != 0x5C && $0 >= 0x20 }
                text += try utf8(run.startIndex..<run.endIndex)
                advance(to: run.endIndex)
            }
        }
    }

    private mutating func escape() throws(JSONSyntaxError) -> Unicode.Scalar {
        advance(to: position + 1)
        let kind = try peek()
        advance(to: position + 1)
        switch kind {
        case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): return Unicode.Scalar(kind)
        case UInt8(ascii: "b"): return "\u{08}"
        case UInt8(ascii: "f"): return "\u{0C}"
        case UInt8(ascii: "n"): return "\n"
        case UInt8(ascii: "r"): return "\r"
        case UInt8(ascii: "t"): return "\t"
        case UInt8(ascii: "u"): return try unicodeEscape()
        default: throw .invalidEscape(byte: position - 1)
        }
    }

    private mutating func unicodeEscape() throws(JSONSyntaxError) -> Unicode.Scalar {
        let first = try hexQuad()
        if let scalar = Unicode.Scalar(first) { return scalar }
        // Half of a surrogate pair: only a high one followed by an escaped low one makes a character.
        guard (0xD800...0xDBFF).contains(first) else { throw .invalidEscape(byte: position) }
        try take(UInt8(ascii: "\\"))
        try take(UInt8(ascii: "u"))
        let second = try hexQuad()
        guard (0xDC00...0xDFFF).contains(second),
            let scalar = Unicode.Scalar(0x10000 + ((first - 0xD800) << 10) + (second - 0xDC00))
        else { throw .invalidEscape(byte: position) }
        return scalar
    }

    private mutating func hexQuad() throws(JSONSyntaxError) -> UInt32 {
        var value: UInt32 = 0
        for _ in 0..<4 {
            let digit = try peek()
            guard let nibble = Character(Unicode.Scalar(digit)).hexDigitValue, digit < 0x80 else {
                throw .invalidEscape(byte: position)
            }
            value = value << 4 | UInt32(nibble)
            advance(to: position + 1)
        }
        return value
    }

    // MARK: Numbers

    mutating func number() throws(JSONSyntaxError) -> Decimal {
        let start = position
        var numeral = JSONNumeral()
        var end = start
        while end < bytes.count, numeral.take(bytes[end]) { end += 1 }
        if end == start { throw .unexpectedByte(try peek(), byte: start) }
        guard let value = numeral.value(text: { String(decoding: bytes[start..<end], as: UTF8.self) }) else {
            throw .invalidNumber(byte: start)
        }
        advance(to: end)
        return value
    }
}
