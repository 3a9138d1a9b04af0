// SPDX-License-Identifier: Apache-2.0

/// The beginning of a table, cut into rows by what its bytes tell.
struct TableSample {
    let encoding: TextEncoding
    let separator: CellSeparator
    /// The first rows, as texts without spaces at their ends.
    let rows: [[String]]

    private static let mostRows = 2_000

    init(_ bytes: ArraySlice<UInt8>) {
        encoding = Self.encoding(of: bytes)
        var decoding = TextDecoding(encoding)
        var text = Array(decoding.decode(bytes))
        if text.starts(with: [0xEF, 0xBB, 0xBF]) { text.removeFirst(3) }
        let named = Self.namedSeparator(&text)
        let cut = (named.map { [$0] } ?? CellSeparator.allCases).map { ($0, Self.rows(of: text, $0)) }
        let best = cut.max { Self.agreement(of: $0.1) < Self.agreement(of: $1.1) }
        separator = best?.0 ?? .comma
        rows = best?.1 ?? []
    }

    /// - Parameter usual: Of a text of plain letters, which are the same in both.
    static func encoding(of bytes: ArraySlice<UInt8>, usually usual: TextEncoding) -> TextEncoding {
        let found = encoding(of: bytes)
        return found == .utf8 && bytes.allSatisfy { $0 < 128 } ? usual : found
    }

    private static func encoding(of bytes: ArraySlice<UInt8>) -> TextEncoding {
        let start = bytes.prefix(64)
        if start.starts(with: [0xFF, 0xFE]) || start.starts(with: [0xFE, 0xFF]) || start.contains(0) { return .utf16 }
        // The sample may end within a character.
        let whole = bytes.prefix(bytes.count - bytes.suffix(3).reversed().prefix { $0 >= 128 }.count)
        return FieldText.isUTF8(whole) ? .utf8 : .windows1252
    }

    /// Spreadsheets take a first line such as `sep=;` and don't show it.
    private static func namedSeparator(_ text: inout [UInt8]) -> CellSeparator? {
        let line = text.prefix { $0 != 10 && $0 != 13 }
        guard line.count == 5, String(decoding: line.prefix(4), as: UTF8.self).lowercased() == "sep=" else {
            return nil
        }
        return CellSeparator.allCases.first { $0.byte == line.last }
    }

    private static func rows(of text: [UInt8], _ separator: CellSeparator) -> [[String]] {
        var scanner = CSVScanner(separator: separator.byte)
        var bytes = text[...]
        var rows: [[String]] = []
        let isIIF = text.first == UInt8(ascii: "!")
        // A row that is not UTF-8 can't be: the text was decoded. The last row may be cut, and is left out.
        while rows.count < mostRows, let row = try? scanner.next(&bytes) {
            let cells = (0..<row.count).map { FieldText.text(ofCell: row[$0]) }
            // Lists of customers and accounts may stand before the transactions of an IIF file.
            guard !isIIF || IIFWord.isOfTransactions(cells[0]) else { continue }
            rows.append(cells)
        }
        return rows
    }

    /// How many rows have the same number of cells, several of them.
    private static func agreement(of rows: [[String]]) -> Int {
        let counts = rows.prefix(50).map(\.count).filter { $0 > 1 }
        return Dictionary(grouping: counts) { $0 }.values.map { $0.count * $0[0] }.max() ?? 0
    }
}
