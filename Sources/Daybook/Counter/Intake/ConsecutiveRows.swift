// SPDX-License-Identifier: Apache-2.0

/// Makes transactions of CSV rows when the rows of each transaction follow one another.
///
/// A transaction is made as soon as the next one begins.
struct ConsecutiveRows {
    private var current: (key: String, transaction: TransactionRows)?
    /// The hash of every transaction's key so far.
    ///
    /// Two of a million transactions almost never have the same hash; if they do, all rows are gathered without need.
    private var hashes: Set<Int> = []
    private var tape = FieldTape()

    /// - Throws: ``IntakeStop/needsAllRows`` for a row that is apart from others of its transaction, or has too few or
    ///   too many cells: only the whole file tells which transaction such a row belongs to.
    mutating func add(_ row: CSVRow, _ columns: CSVColumns, into rows: inout [IntakeFile.Row]) throws(IntakeStop) {
        guard row.count == columns.count else { throw .needsAllRows }
        let record = CSVRecord(row, columns)
        let key = record.key
        if current?.key == key {
            current?.transaction.records.append(record)
            return
        }
        finish(into: &rows)
        guard hashes.insert(key.hashValue).inserted else { throw .needsAllRows }
        current = (key, TransactionRows(records: [record]))
    }

    mutating func finish(into rows: inout [IntakeFile.Row]) {
        if let row = current?.transaction.read(&tape) { rows.append(row) }
        current = nil
    }
}
