// SPDX-License-Identifier: Apache-2.0

/// The values of one transaction in the order they came, all in one array instead of a tree of objects.
///
/// The content of a list or an object follows it directly. All transactions of a file use one tape, one after another.
struct FieldTape {
    enum Kind {
        case object, array, string
        /// The numeral as it was written, so that nothing of it is rounded.
        case number
        case yes, no, null
    }

    struct Value {
        let kind: Kind
        /// Where the member's name is in ``bytes``; empty in a list.
        let name: Range<Int>
        /// Where the text or numeral is in ``bytes``.
        let text: Range<Int>
        /// The place after its content.
        fileprivate(set) var end: Int
    }

    private(set) var values: [Value] = []
    /// All names and texts, without quotes and escapes.
    private(set) var bytes: [UInt8] = []

    mutating func clear() {
        values.removeAll(keepingCapacity: true)
        bytes.removeAll(keepingCapacity: true)
    }
}

// Writing.
extension FieldTape {
    mutating func append(_ text: ArraySlice<UInt8>) { bytes.append(contentsOf: text) }

    mutating func append(_ byte: UInt8) { bytes.append(byte) }

    /// Writes a name that did not come with the input.
    mutating func name(_ name: String) -> Range<Int> {
        let start = bytes.count
        bytes.append(contentsOf: name.utf8)
        return start..<bytes.count
    }

    mutating func add(_ kind: Kind, name: Range<Int> = 0..<0, text: Range<Int> = 0..<0) {
        values.append(Value(kind: kind, name: name, text: text, end: values.count + 1))
    }

    /// Adds a text from another buffer.
    mutating func add(_ text: ArraySlice<UInt8>, named name: String) {
        let name = self.name(name)
        let start = bytes.count
        bytes.append(contentsOf: text)
        add(.string, name: name, text: start..<bytes.count)
    }

    /// Begins a list or an object.
    ///
    /// - Returns: Its place, for ``end(_:)``.
    mutating func begin(_ kind: Kind, name: Range<Int> = 0..<0) -> Int {
        add(kind, name: name)
        return values.count - 1
    }

    mutating func end(_ place: Int) { values[place].end = values.count }
}

// Reading.
extension FieldTape {
    /// The places of what is directly in a list or an object.
    func children(of place: Int) -> Children { Children(tape: self, place: place + 1, end: values[place].end) }

    struct Children: Sequence, IteratorProtocol {
        fileprivate let tape: FieldTape
        fileprivate var place: Int
        fileprivate let end: Int

        mutating func next() -> Int? {
            guard place < end else { return nil }
            defer { place = tape.values[place].end }
            return place
        }
    }

    /// A member's place, and how many members stand before it in its object; nil when none has this name.
    func member(_ name: String, of object: Int) -> (place: Int, position: Int)? {
        let length = name.utf8.count
        var place = object + 1
        var position = 0
        while place < values[object].end {
            let range = values[place].name
            if range.count == length, bytes[range].elementsEqual(name.utf8) { return (place, position) }
            place = values[place].end
            position += 1
        }
        return nil
    }

    func name(of place: Int) -> String { String(decoding: bytes[values[place].name], as: UTF8.self) }

    func text(of place: Int) -> String { String(decoding: bytes[values[place].text], as: UTF8.self) }

    func textBytes(of place: Int) -> ArraySlice<UInt8> { bytes[values[place].text] }

    /// Whether it is a text or a numeral.
    func isPlain(_ place: Int) -> Bool { values[place].kind == .string || values[place].kind == .number }

    /// The value as a message shows it, cut to 60 characters.
    func shown(_ place: Int) -> String {
        switch values[place].kind {
        case .object: return "{…}"
        case .array: return "[…]"
        case .string, .number:
            let text = text(of: place)
            return text.count > 60 ? "\(text.prefix(57))…" : text
        case .yes: return "true"
        case .no: return "false"
        case .null: return "null"
        }
    }
}
