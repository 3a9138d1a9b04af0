// SPDX-License-Identifier: Apache-2.0

/// Reads JSON by RFC 8259 onto a tape: numerals stay as written, and a repeated member is a mistake.
///
/// Foundation's decoder rounds a long numeral and drops one of two members with the same name, both without an error;
/// that must not happen to amounts.
struct JSONReader {
    struct Malformed: Error {
        let remedy: String
        /// Whether quotes and brackets are in order all the same, so that what follows can be read.
        var isInside = false
        /// The value as far as it was read.
        var value = "unreadable"
        /// Where it is in its object, the innermost name or index last; empty for the object itself.
        private(set) var path: [String] = []

        static let notJSON = Malformed(remedy: "it is not JSON; check quotes, commas and brackets")

        /// As in `charges[2].amount`.
        var field: String {
            path.reduce("") { $0 + ($0.isEmpty || $1.hasPrefix("[") ? $1 : ".\($1)") }
        }

        func within(_ place: String) -> Malformed {
            var outer = self
            outer.path.insert(place, at: 0)
            return outer
        }
    }

    /// No transaction nests deeper than four; the limit only keeps hostile input from exhausting the stack.
    private static let deepest = 64

    let bytes: [UInt8]
    var place: Int
    let end: Int

    /// Reads one value, which must fill a range of the bytes.
    ///
    /// - Parameter depth: How many lists it is in.
    static func read(
        _ bytes: [UInt8], _ range: Range<Int>, depth: Int, onto tape: inout FieldTape
    ) throws(Malformed) {
        tape.clear()
        var reader = JSONReader(bytes: bytes, place: range.lowerBound, end: range.upperBound)
        try reader.value(named: 0..<0, depth: depth, onto: &tape)
        reader.skipSpace()
        guard reader.place == reader.end else { throw .notJSON }
    }

    private mutating func value(named name: Range<Int>, depth: Int, onto tape: inout FieldTape) throws(Malformed) {
        guard depth < Self.deepest else { throw Malformed(remedy: "its brackets nest too deep") }
        skipSpace()
        switch peek {
        case UInt8(ascii: "{"): try members(named: name, depth: depth + 1, onto: &tape)
        case UInt8(ascii: "["): try items(named: name, depth: depth + 1, onto: &tape)
        case UInt8(ascii: "\""): tape.add(.string, name: name, text: try string(onto: &tape))
        case UInt8(ascii: "t"): try word("true", .yes, named: name, onto: &tape)
        case UInt8(ascii: "f"): try word("false", .no, named: name, onto: &tape)
        case UInt8(ascii: "n"): try word("null", .null, named: name, onto: &tape)
        default: try numeral(named: name, onto: &tape)
        }
    }

    private mutating func members(named name: Range<Int>, depth: Int, onto tape: inout FieldTape) throws(Malformed) {
        let object = tape.begin(.object, name: name)
        defer { tape.end(object) }
        var names = MemberNames()
        place += 1
        skipSpace()
        if take("}") { return }
        repeat {
            skipSpace()
            guard peek == UInt8(ascii: "\"") else { throw .notJSON }
            let name = try string(onto: &tape)
            skipSpace()
            guard take(":") else { throw .notJSON }
            let member = tape.values.count
            do throws(Malformed) {
                try value(named: name, depth: depth, onto: &tape)
            } catch {
                throw error.within(String(decoding: tape.bytes[name], as: UTF8.self))
            }
            guard names.insert(member, tape) else {
                let name = tape.name(of: member).prefix(40)
                throw Malformed(
                    remedy: "the member “\(name)” is there twice in one object; remove one", isInside: true)
            }
            skipSpace()
        } while take(",")
        guard take("}") else { throw .notJSON }
    }

    private mutating func items(named name: Range<Int>, depth: Int, onto tape: inout FieldTape) throws(Malformed) {
        let array = tape.begin(.array, name: name)
        defer { tape.end(array) }
        place += 1
        skipSpace()
        if take("]") { return }
        var index = 0
        repeat {
            do throws(Malformed) {
                try value(named: 0..<0, depth: depth, onto: &tape)
            } catch {
                throw error.within("[\(index)]")
            }
            index += 1
            skipSpace()
        } while take(",")
        guard take("]") else { throw .notJSON }
    }

    private mutating func word(
        _ word: StaticString, _ kind: FieldTape.Kind, named name: Range<Int>, onto tape: inout FieldTape
    ) throws(Malformed) {
        let end = place + word.utf8CodeUnitCount
        let isThere = word.withUTF8Buffer { end <= self.end && bytes[place..<end].elementsEqual($0) }
        guard isThere else { throw .notJSON }
        place = end
        tape.add(kind, name: name)
    }

    // -?(0|[1-9][0-9]*)(.[0-9]+)?([eE][+-]?[0-9]+)?
    private mutating func numeral(named name: Range<Int>, onto tape: inout FieldTape) throws(Malformed) {
        let start = place
        _ = take("-")
        let whole = place
        guard digits() > 0, bytes[whole] != UInt8(ascii: "0") || place == whole + 1 else { throw .notJSON }
        if take(".") { guard digits() > 0 else { throw .notJSON } }
        if take("e") || take("E") {
            _ = take("+") || take("-")
            guard digits() > 0 else { throw .notJSON }
        }
        let text = tape.bytes.count
        tape.append(bytes[start..<place])
        tape.add(.number, name: name, text: text..<tape.bytes.count)
    }

    private mutating func digits() -> Int {
        let start = place
        while let byte = peek, (48...57).contains(byte) { place += 1 }
        return place - start
    }
}

extension JSONReader {
    var peek: UInt8? { place < end ? bytes[place] : nil }

    mutating func skipSpace() {
        while let byte = peek, byte == 32 || byte == 9 || byte == 10 || byte == 13 { place += 1 }
    }

    mutating func take(_ character: Unicode.Scalar) -> Bool {
        guard peek == UInt8(ascii: character) else { return false }
        place += 1
        return true
    }
}
