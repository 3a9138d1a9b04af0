// SPDX-License-Identifier: Apache-2.0

extension JSONReader {
    /// Copies a text onto the tape, from its opening quote to its closing one, without its escapes.
    ///
    /// - Returns: Its place in the tape's bytes.
    mutating func string(onto tape: inout FieldTape) throws(Malformed) -> Range<Int> {
        place += 1
        let text = tape.bytes.count
        var start = place
        while place < end {
            let byte = bytes[place]
            switch byte {
            case UInt8(ascii: "\""):
                tape.append(bytes[start..<place])
                place += 1
                return text..<tape.bytes.count
            case UInt8(ascii: "\\"):
                tape.append(bytes[start..<place])
                place += 1
                do throws(Malformed) {
                    try escape(onto: &tape)
                } catch {
                    throw error.isInside ? error.reading(tape.bytes[text...], "\u{FFFD}") : error
                }
                start = place
            case ..<32:
                throw Malformed(
                    remedy: "the text has a line break or control character; write \\n for it", isInside: true
                ).reading(tape.bytes[text...] + bytes[start..<place], "…")
            default: place += 1
            }
        }
        throw .notJSON
    }

    private mutating func escape(onto tape: inout FieldTape) throws(Malformed) {
        guard let byte = peek else { throw .notJSON }
        place += 1
        switch byte {
        case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): tape.append(byte)
        case UInt8(ascii: "b"): tape.append(8)
        case UInt8(ascii: "f"): tape.append(12)
        case UInt8(ascii: "n"): tape.append(10)
        case UInt8(ascii: "r"): tape.append(13)
        case UInt8(ascii: "t"): tape.append(9)
        case UInt8(ascii: "u"): for unit in String(Character(try scalar())).utf8 { tape.append(unit) }
        default: throw .notJSON
        }
    }

    /// The character of a `\u` escape; one beyond the first plane takes two escapes.
    private mutating func scalar() throws(Malformed) -> Unicode.Scalar {
        let first = try codeUnit()
        if let scalar = Unicode.Scalar(first) { return scalar }
        guard UTF16.isLeadSurrogate(UInt16(first)), take("\\"), take("u") else { throw Self.halfCharacter }
        let second = try codeUnit()
        guard UTF16.isTrailSurrogate(UInt16(second)),
            let scalar = Unicode.Scalar(0x10000 + ((first - 0xD800) << 10) + (second - 0xDC00))
        else { throw Self.halfCharacter }
        return scalar
    }

    /// Programs that cut a text after so many code units leave half of a character.
    private static let halfCharacter = Malformed(
        remedy: "half of a character stands behind this, such as an emoji that was cut; remove it", isInside: true)

    private mutating func codeUnit() throws(Malformed) -> UInt32 {
        guard place + 4 <= end else { throw .notJSON }
        var unit: UInt32 = 0
        for byte in bytes[place..<place + 4] {
            guard let digit = Character(Unicode.Scalar(byte)).hexDigitValue else { throw .notJSON }
            unit = unit << 4 | UInt32(digit)
        }
        place += 4
        return unit
    }
}

extension JSONReader.Malformed {
    /// The same mistake, with the text as far as it was read, and what stands for the rest.
    fileprivate func reading(_ bytes: some Sequence<UInt8>, _ rest: String) -> JSONReader.Malformed {
        var known = self
        known.value = String(decoding: Array(bytes), as: UTF8.self) + rest
        return known
    }
}
