// SPDX-License-Identifier: Apache-2.0

/// What tells the rows of one transaction from those of others, as it is after reading: store `01` is store 1, and a
/// revision that is left out is revision 1.
struct CSVKey: Hashable {
    let source: String
    let store: String
    let id: String
    let revision: String
}

extension CSVRecord {
    /// Nil for a row that does not say which transaction it belongs to.
    var key: CSVKey? {
        guard let source = self[.source], let store = self[.store], let id = self[.id] else { return nil }
        return CSVKey(
            source: Self.identifier(source), store: Self.number(store), id: Self.identifier(id),
            revision: self[.revision].map(Self.number) ?? "1")
    }

    /// The columns of the key that the row leaves blank and must not.
    var blankKeyColumns: [CSVColumn] { [.source, .store, .id].filter { self[$0] == nil } }

    /// Whether the key's cells are the same bytes as those of another row; then the key is, too.
    func hasSameKeyCells(as other: CSVRecord) -> Bool { CSVColumn.key.allSatisfy { self[$0] == other[$0] } }

    /// What can't be an identifier is compared as it is written; the reader refuses it by name.
    private static func identifier(_ cell: ArraySlice<UInt8>) -> String {
        let text = FieldText.trimmed(cell)
        return (try? IdentifierText.read(text)) ?? text
    }

    private static func number(_ cell: ArraySlice<UInt8>) -> String {
        let digits = cell.drop { $0 == UInt8(ascii: "0") }
        let isNumber = cell.allSatisfy { (48...57).contains($0) }
        guard isNumber else { return FieldText.trimmed(cell) }
        return digits.isEmpty ? "0" : String(decoding: digits, as: UTF8.self)
    }
}
