// SPDX-License-Identifier: Apache-2.0

/// One transaction, or an array of them, from bytes that come in pieces.
///
/// It finds where an item ends by quotes and brackets alone; mistakes inside an item are found by ``JSONReader``. Where
/// these are not in order, the whole file is unreadable; any other mistake is one of its item.
struct JSONArrayReading {
    private enum Place {
        case start
        case single
        case item
        case behindArray
    }

    private var buffer: [UInt8] = []
    private var searched = 0
    private var place = Place.start
    private var depth = 0
    private var isInText = false
    private var isEscaped = false
    private var items = 0
    private var tape = FieldTape()

    mutating func read(_ piece: ArraySlice<UInt8>, into rows: inout [IntakeFile.Row]) throws(IntakeStop) {
        buffer.append(contentsOf: piece)
        var start = 0
        while searched < buffer.count {
            let byte = buffer[searched]
            switch place {
            case .start where Self.isSpace(byte): break
            case .start:
                place = byte == UInt8(ascii: "[") ? .item : .single
                if place == .item { start = searched + 1 }
            case .single: break
            case .item:
                if endsItem(byte) {
                    try endItem(start..<searched, isLast: byte == UInt8(ascii: "]"), into: &rows)
                    start = searched + 1
                }
            case .behindArray:
                // The words are the same whatever follows, because a piece may not hold all that follows.
                guard Self.isSpace(byte) else { throw Self.notJSON }
                start = searched + 1
            }
            searched += 1
        }
        buffer.removeSubrange(..<start)
        searched -= start
        guard buffer.count <= IntakeReading.mostBytes else {
            throw .unreadable("a transaction in it is longer than 16 MiB; check quotes and brackets")
        }
    }

    mutating func finish(into rows: inout [IntakeFile.Row]) throws(IntakeStop) {
        switch place {
        case .start, .single: rows.append(try parsed(0..<buffer.count, depth: 0, line: nil))
        case .item:
            // The array is never closed; a mistake before its end is reported first.
            _ = try parsed(0..<buffer.count, depth: 1, line: nil)
            throw Self.notJSON
        case .behindArray: break
        }
        buffer = []
    }

    /// Follows quotes and brackets, and tells whether the byte ends an item.
    private mutating func endsItem(_ byte: UInt8) -> Bool {
        if isInText {
            isInText = isEscaped || byte != UInt8(ascii: "\"")
            isEscaped = !isEscaped && byte == UInt8(ascii: "\\")
            return false
        }
        switch byte {
        case UInt8(ascii: "\""): isInText = true
        case UInt8(ascii: "{"), UInt8(ascii: "["): depth += 1
        case UInt8(ascii: "}"): depth -= 1
        case UInt8(ascii: "]"):
            if depth <= 0 { return true }
            depth -= 1
        case UInt8(ascii: ","): return depth <= 0
        default: break
        }
        return false
    }

    private mutating func endItem(
        _ range: Range<Int>, isLast: Bool, into rows: inout [IntakeFile.Row]
    ) throws(IntakeStop) {
        if isLast { place = .behindArray }
        depth = 0
        if isLast, items == 0, buffer[range].allSatisfy(Self.isSpace) { return }
        items += 1
        rows.append(try parsed(range, depth: 1, line: items))
    }

    private mutating func parsed(
        _ range: Range<Int>, depth: Int, line: Int?
    ) throws(IntakeStop) -> IntakeFile.Row {
        guard FieldText.isUTF8(buffer[range]) else { throw .notUTF8 }
        do throws(JSONReader.Malformed) {
            try JSONReader.read(buffer, range, depth: depth, onto: &tape)
            return IntakeFile.Row(line: line, result: TransactionReader.read(tape, line: line))
        } catch {
            guard error.isInside else { throw .unreadable(error.remedy) }
            return .mistaken(line, error)
        }
    }

    private static let notJSON = IntakeStop.unreadable(JSONReader.Malformed.notJSON.remedy)

    private static func isSpace(_ byte: UInt8) -> Bool { byte == 32 || byte == 9 || byte == 10 || byte == 13 }
}
