// SPDX-License-Identifier: Apache-2.0

/// Gathers the rows of a whole CSV file, because those of one transaction may stand anywhere in it.
struct GatheredRows {
    private var order: [String] = []
    /// Line and key of every row that has all its cells, in the file's order.
    private var places: [Place] = []
    private var groups: [String: TransactionRows] = [:]
    private var broken: [(row: CSVRow, columns: CSVColumns)] = []

    private struct Place {
        let line: Int
        let key: String
    }

    mutating func add(_ row: CSVRow, _ columns: CSVColumns) {
        guard row.count == columns.count else {
            broken.append((row, columns))
            return
        }
        let record = CSVRecord(row, columns)
        let key = record.key
        if groups[key] == nil { order.append(key) }
        groups[key, default: TransactionRows()].records.append(record)
        places.append(Place(line: record.line, key: key))
    }

    mutating func finish(into rows: inout [IntakeFile.Row]) {
        var strays: [IntakeFile.Row] = []
        for (row, columns) in broken {
            let remedy = "write \(columns.count) as in the header, with quotes around a text that has a separator"
            let problem = IntakeProblem(line: row.line, field: "row", value: "\(row.count) cells", remedy: remedy)
            // A transaction that may lack a row must not be recorded.
            let touched = spoiled(by: CSVRecord(row, columns))
            for key in touched { groups[key]?.problems.append(problem) }
            if touched.isEmpty { strays.append(.mistaken(row.line, problem.field, problem.value, remedy)) }
        }
        var tape = FieldTape()
        let read = order.compactMap { groups[$0]?.read(&tape) }
        rows += (read + strays).sorted { ($0.line ?? 0) < ($1.line ?? 0) }
    }

    /// The keys of the transactions that may lack a row with too few or too many cells.
    ///
    /// That is the transaction that the row names; if its cells are not in their columns, those of the rows beside it.
    private func spoiled(by record: CSVRecord) -> [String] {
        let named = record.key
        if groups[named] != nil { return [named] }
        let isInPlace = CounterEvent.Kind(rawValue: record.text(.type)) != nil && record[.id] != nil
        if isInPlace { return [] }
        let next = firstPlace(after: record.line)
        let before = next > 0 ? places[next - 1].key : nil
        let after = next < places.count ? places[next].key : nil
        return before == after ? [before].compactMap(\.self) : [before, after].compactMap(\.self)
    }

    /// The index in ``places`` of the first row after a line.
    ///
    /// The search is binary, because a file may have very many broken rows.
    private func firstPlace(after line: Int) -> Int {
        var (low, high) = (0, places.count)
        while low < high {
            let middle = (low + high) / 2
            if places[middle].line > line { high = middle } else { low = middle + 1 }
        }
        return low
    }
}
