// SPDX-License-Identifier: Apache-2.0

/// One row of a CSV file: the bytes of its cells, one after another.
struct CSVRow {
    /// What is wrong with the quotes of a row, which is read as far as that allows.
    struct QuoteMistake {
        enum Kind {
            /// Something follows a closing quote.
            case notDoubled
            /// The file ends within the cell.
            case neverClosed
        }

        let kind: Kind
        /// The cell's place in the row, from 0.
        let cell: Int
        /// The line of its opening quote.
        let line: Int
    }

    /// The line it began on.
    var line = 1
    /// Whether a quoted cell goes over several lines.
    var hasLineBreak = false
    /// The most separators in a quoted cell over several lines: a row that it took in leaves one less than it has cells.
    var heldSeparators = 0
    var quoteMistake: QuoteMistake?
    private var bytes: [UInt8] = []
    private var ends: [Int] = []

    init() {}

    /// A row with other cells at the same place of the file.
    init(_ cells: [String], of row: CSVRow) {
        line = row.line
        hasLineBreak = row.hasLineBreak
        heldSeparators = row.heldSeparators
        for cell in cells {
            bytes.append(contentsOf: cell.utf8)
            ends.append(bytes.count)
        }
    }

    var count: Int { ends.count }

    subscript(cell: Int) -> ArraySlice<UInt8> { bytes[(cell == 0 ? 0 : ends[cell - 1])..<ends[cell]] }

    mutating func append(_ byte: UInt8) { bytes.append(byte) }

    mutating func append(_ run: ArraySlice<UInt8>) { bytes.append(contentsOf: run) }

    mutating func endCell() { ends.append(bytes.count) }

    /// Whether nothing was read of it.
    var isUntouched: Bool { ends.isEmpty && bytes.isEmpty }

    var isBlank: Bool { FieldText.isBlank(bytes[...]) }

    /// Of its bytes and cells.
    var length: Int { bytes.count + ends.count }

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
    /// The line of the latest opening quote.
    private var quoteLine = 1
    /// Of the quoted cell so far.
    private var separators = 0
    private var hasLineBreak = false
    /// A CR ended the line before, so that an LF that follows belongs to it.
    private var mayFollowCR = false

    init(separator: UInt8) { self.separator = separator }

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
                readOpen(byte, bytes, &index)
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
        if place == .quoted { note(.neverClosed) }
        return row.isUntouched && place != .closedQuote && place != .quoted ? nil : try endRow()
    }

    private mutating func note(_ kind: CSVRow.QuoteMistake.Kind) {
        guard row.quoteMistake == nil else { return }
        row.quoteMistake = CSVRow.QuoteMistake(kind: kind, cell: row.count, line: quoteLine)
    }

    private mutating func readQuoted(_ byte: UInt8) {
        if byte == UInt8(ascii: "\"") {
            place = .closedQuote
            return
        }
        if byte == 10 || byte == 13 {
            line += 1
            row.hasLineBreak = true
            hasLineBreak = true
        }
        if byte == separator { separators += 1 }
        if hasLineBreak { row.heldSeparators = max(row.heldSeparators, separators) }
        row.append(byte)
    }

    private mutating func readOpen(_ byte: UInt8, _ bytes: ArraySlice<UInt8>, _ index: inout Int) {
        switch (place, byte) {
        case (.closedQuote, UInt8(ascii: "\"")):
            row.append(byte)
            place = .quoted
        case (_, separator):
            row.endCell()
            place = .start
        case (.start, UInt8(ascii: "\"")):
            place = .quoted
            quoteLine = line
            separators = 0
            hasLineBreak = false
        default:
            // The cell goes on behind its closing quote, and the row is read to its end to find what else is wrong.
            if place == .closedQuote { note(.notDoubled) }
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
        return ended.isBlank && ended.quoteMistake == nil ? nil : ended
    }
}
