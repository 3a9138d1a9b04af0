// SPDX-License-Identifier: Apache-2.0

/// What tells the rows of one transaction from those of others, as it is after reading: store `01` is store 1, and a
/// revision that is left out is revision 1.
///
/// It is generous: `1.0` and `+1` are 1, too, so that a row which writes the key in a way that is refused still belongs to
/// its transaction, and spoils it.
struct CSVKey: Hashable {
    let source: String
    let store: Int
    let id: String
    let revision: Int
}

extension CSVRecord {
    /// Nil for a row that does not say which transaction it belongs to.
    var key: CSVKey? {
        guard let source = self[.source].flatMap(Self.identifier), let id = self[.id].flatMap(Self.identifier),
            let store = self[.store].flatMap(Self.number)
        else { return nil }
        guard let cell = self[.revision] else { return CSVKey(source: source, store: store, id: id, revision: 1) }
        return Self.number(cell).map { CSVKey(source: source, store: store, id: id, revision: $0) }
    }

    /// The columns of the key that say nothing and must say something.
    var blankKeyColumns: [CSVColumn] { [.source, .store, .id].filter { self[$0].flatMap(Self.identifier) == nil } }

    /// What the reader refuses in the key; the reader itself sees only a transaction's first row.
    var keyMistakes: [IntakeProblem] {
        let names: [IntakeProblem?] = [.source, .id].map { (column: CSVColumn) in
            let text = self.text(column)
            guard FieldText.isPrintable(text) else {
                return mistake(column, "remove line breaks and control characters")
            }
            do throws(IdentifierText.Mistake) {
                _ = try IdentifierText.read(text)
                return nil
            } catch {
                return mistake(column, error.remedy)
            }
        }
        let numbers: [IntakeProblem?] = [.store, .revision].map { (column: CSVColumn) in
            guard let cell = self[column], !cell.allSatisfy({ (48...57).contains($0) }) else { return nil }
            return mistake(column, "write a whole number")
        }
        return (names + numbers).compactMap(\.self)
    }

    /// Whether the key's cells are the same bytes as those of another row; then the key is, too.
    func hasSameKeyCells(as other: CSVRecord) -> Bool { CSVColumn.key.allSatisfy { self[$0] == other[$0] } }

    private func mistake(_ column: CSVColumn, _ remedy: String) -> IntakeProblem {
        IntakeProblem(line: line, field: column.name, value: text(column), remedy: remedy)
    }

    /// Nil where nothing is left that people can see.
    private static func identifier(_ cell: ArraySlice<UInt8>) -> String? {
        let text = IdentifierText.compared(FieldText.trimmed(cell))
        return text.isEmpty ? nil : text
    }

    private static func number(_ cell: ArraySlice<UInt8>) -> Int? {
        var digits = cell
        if digits.first == UInt8(ascii: "+") { digits.removeFirst() }
        if let point = digits.firstIndex(where: { $0 == UInt8(ascii: ".") || $0 == UInt8(ascii: ",") }) {
            guard digits[point...].dropFirst().allSatisfy({ $0 == UInt8(ascii: "0") }) else { return nil }
            digits = digits[..<point]
        }
        return Int(digits: String(decoding: digits, as: UTF8.self))
    }
}
