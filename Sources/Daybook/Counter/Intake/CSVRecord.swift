// SPDX-License-Identifier: Apache-2.0

/// One row of a CSV file by its columns; empty cells are absent.
struct CSVRecord {
    private let row: CSVRow
    private let columns: CSVColumns
    /// How many lines its journal has, as a ledger's row says it; nil where the table has no such column.
    let distributions: String?

    init(_ row: CSVRow, _ columns: CSVColumns, distributions: String? = nil) {
        self.row = row
        self.columns = columns
        self.distributions = distributions
    }

    var line: Int { row.line }

    subscript(column: CSVColumn) -> ArraySlice<UInt8>? {
        guard let place = columns[column], place < row.count else { return nil }
        return FieldText.trimmedCell(row[place])
    }

    func text(_ column: CSVColumn) -> String { self[column].map { String(decoding: $0, as: UTF8.self) } ?? "" }

    func agrees(with other: CSVRecord, in column: CSVColumn) -> Bool {
        // One text may be written in several ways.
        self[column] == other[column] || text(column) == other.text(column)
    }

    /// The transaction's own members, as the JSON form has them.
    func addHeader(to tape: inout FieldTape) {
        for column in CSVColumn.ofTransaction where column.rawValue < CSVColumn.customerID.rawValue {
            if let cell = self[column] { tape.add(cell, named: column.name) }
        }
        let customer = [
            ("id", self[.customerID]), ("name", self[.customerName]), ("account", self[.customerAccount]),
        ]
        guard customer.contains(where: { $0.1 != nil }) else { return }
        let place = tape.begin(.object, name: tape.name("customer"))
        for (name, cell) in customer { if let cell { tape.add(cell, named: name) } }
        tape.end(place)
    }

    /// One line of a list, with every cell that is filled; the reader refuses a cell that doesn't belong there, by
    /// name.
    func addLine(to tape: inout FieldTape) {
        let place = tape.begin(.object)
        for column in CSVColumn.ofLine { if let cell = self[column] { tape.add(cell, named: column.memberName) } }
        tape.end(place)
    }
}
