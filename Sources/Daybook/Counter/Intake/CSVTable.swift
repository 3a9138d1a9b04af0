// SPDX-License-Identifier: Apache-2.0

/// The rows of a CSV text by RFC 4180, each with the line it began on.
///
/// Comma or semicolon, whichever the header uses.
struct CSVTable {
    struct Row {
        let line: Int
        let cells: [String]
    }

    struct Malformed: Error {
        let line: Int
        let remedy: String
    }

    let rows: [Row]

    init(_ text: String) throws(Malformed) {
        let header = text.prefix { !$0.endsLine }
        let separator: Character = header.contains(",") || !header.contains(";") ? "," : ";"
        var scanner = Scanner(separator: separator)
        for character in text { try scanner.read(character) }
        rows = try scanner.finish()
    }

    private struct Scanner {
        let separator: Character
        var rows: [Row] = []
        var cells: [String] = []
        var cell = ""
        var line = 1
        var rowLine = 1
        var place = Place.start

        enum Place {
            case start, plain, quoted, closedQuote
        }

        mutating func read(_ character: Character) throws(Malformed) {
            defer { if character.endsLine { line += 1 } }
            switch (place, character) {
            case (.quoted, "\""): place = .closedQuote
            case (.quoted, _): cell.append(character)
            case (.closedQuote, "\""):
                cell.append("\"")
                place = .quoted
            case (_, separator): endCell()
            case (_, _) where character.endsLine: endRow()
            case (.start, "\""): place = .quoted
            case (.closedQuote, _):
                throw Malformed(
                    line: line, remedy: "a closing quote must be followed by \(separator) or the line's end")
            case (.start, _), (.plain, _):
                cell.append(character)
                place = .plain
            }
        }

        mutating func finish() throws(Malformed) -> [Row] {
            guard place != .quoted else { throw Malformed(line: rowLine, remedy: "a quoted cell is never closed") }
            if !cell.isEmpty || !cells.isEmpty || place == .closedQuote { endRow() }
            return rows
        }

        private mutating func endCell() {
            cells.append(cell)
            cell = ""
            place = .start
        }

        private mutating func endRow() {
            endCell()
            if cells.contains(where: { !$0.allSatisfy(\.isWhitespace) }) {
                rows.append(Row(line: rowLine, cells: cells))
            }
            cells = []
            rowLine = line + 1
        }
    }
}
