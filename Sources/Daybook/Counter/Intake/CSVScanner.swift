// SPDX-License-Identifier: Apache-2.0

/// One row of a CSV file: the bytes of its cells, one after another.
struct CSVRow {
    /// The line it began on.
    var line = 1
    private var bytes: [UInt8] = []
    private var ends: [Int] = []

    init() {}

    var count: Int { ends.count }

    subscript(cell: Int) -> ArraySlice<UInt8> { bytes[(cell == 0 ? 0 : ends[cell - 1])..<ends[cell]] }

    mutating func append(_ byte: UInt8) { bytes.append(byte) }

    mutating func append(_ run: ArraySlice<UInt8>) { bytes.append(contentsOf: run) }

    mutating func endCell() { ends.append(bytes.count) }

    /// Whether nothing was read of it.
    var isUntouched: Bool { ends.isEmpty && bytes.isEmpty }

    var isBlank: Bool { FieldText.isBlank(bytes[...]) }

    var length: Int { bytes.count }

    /// Whether each cell by itself is UTF-8: two halves of a character in two cells are no character.
    var isUTF8: Bool { bytes.allSatisfy { $0 < 128 } || ends.indices.allSatisfy { FieldText.isUTF8(self[$0]) } }
}

/// The rows of a CSV text by RFC 4180, from bytes that come in pieces.
///
/// The separator is a comma or a semicolon, whichever the header uses.
struct CSVScanner {
    private enum Place {
        case start, plain, quoted, closedQuote
    }

    private let separator: UInt8
    private var row = CSVRow()
    private var line = 1
    private var place = Place.start
    /// A CR ended the line before, so that an LF that follows belongs to it.
    private var mayFollowCR = false

    /// - Parameter header: The bytes up to the end of the first line, or all there are.
    init(header: ArraySlice<UInt8>) {
        let line = header.prefix { $0 != 10 && $0 != 13 }
        separator = line.contains(UInt8(ascii: ",")) || !line.contains(UInt8(ascii: ";")) ? 44 : 59
    }

    /// Reads as far as the next row ends.
    ///
    /// - Returns: The row; nil when the bytes end before it does.
    mutating func next(_ bytes: inout ArraySlice<UInt8>) throws(IntakeStop) -> CSVRow? {
        var index = bytes.startIndex
        while index < bytes.endIndex {
            let byte = bytes[index]
            index += 1
            if byte == 10, mayFollowCR {
                mayFollowCR = false
                if place == .quoted { row.append(byte) }
                continue
            }
            mayFollowCR = byte == 13
            if place == .quoted {
                readQuoted(byte)
            } else if byte == 10 || byte == 13 {
                line += 1
                if let ended = try endRow() {
                    bytes = bytes[index...]
                    return ended
                }
            } else {
                try readOpen(byte, bytes, &index)
            }
        }
        bytes = bytes[index...]
        guard row.length <= IntakeReading.mostBytes else {
            throw .unreadable("the row is longer than 16 MiB; check its quotes", line: row.line)
        }
        return nil
    }

    /// The last row, which no line break ended.
    mutating func finish() throws(IntakeStop) -> CSVRow? {
        guard place != .quoted else { throw .unreadable("a quoted cell is never closed", line: row.line) }
        return row.isUntouched && place != .closedQuote ? nil : try endRow()
    }

    private mutating func readQuoted(_ byte: UInt8) {
        if byte == UInt8(ascii: "\"") {
            place = .closedQuote
            return
        }
        if byte == 10 || byte == 13 { line += 1 }
        row.append(byte)
    }

    private mutating func readOpen(
        _ byte: UInt8, _ bytes: ArraySlice<UInt8>, _ index: inout Int
    ) throws(IntakeStop) {
        switch (place, byte) {
        case (.closedQuote, UInt8(ascii: "\"")):
            row.append(byte)
            place = .quoted
        case (_, separator):
            row.endCell()
            place = .start
        case (.start, UInt8(ascii: "\"")): place = .quoted
        case (.closedQuote, _):
            let separator = Unicode.Scalar(separator)
            throw .unreadable("a closing quote must be followed by \(separator) or the line's end", line: line)
        default:
            place = .plain
            let start = index - 1
            while index < bytes.endIndex, bytes[index] != separator, bytes[index] != 10, bytes[index] != 13 {
                index += 1
            }
            row.append(bytes[start..<index])
        }
    }

    /// - Returns: Nil for a row of nothing but spaces.
    private mutating func endRow() throws(IntakeStop) -> CSVRow? {
        row.endCell()
        place = .start
        let ended = row
        row = CSVRow()
        row.line = line
        guard ended.isUTF8 else { throw .notUTF8 }
        return ended.isBlank ? nil : ended
    }
}
