// SPDX-License-Identifier: Apache-2.0

/// Gathers the rows of a whole CSV file, because those of one transaction may stand anywhere in it.
struct GatheredRows {
    private var order: [String] = []
    /// Of every row that has its cells, in the file's order.
    private var places: [Place] = []
    private var groups: [String: CSVTransaction] = [:]
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
        groups[key, default: CSVTransaction()].records.append(record)
        places.append(Place(line: record.line, key: key))
    }

    mutating func finish(into rows: inout [IntakeFile.Row]) {
        var strays: [IntakeFile.Row] = []
        for (row, columns) in broken {
            let remedy = "this row has \(row.count) cells; the header has \(columns.count)"
            let problem = IntakeProblem(line: row.line, field: "row", value: "\(row.count) cells", remedy: remedy)
            // A transaction that may have lost a row must not be taken without it.
            let touched = spoiled(by: CSVRecord(row, columns))
            for key in touched { groups[key]?.problems.append(problem) }
            if touched.isEmpty { strays.append(.mistaken(row.line, problem.field, problem.value, remedy)) }
        }
        var tape = FieldTape()
        let read = order.compactMap { groups[$0]?.read(&tape) }
        rows += (read + strays).sorted { ($0.line ?? 0) < ($1.line ?? 0) }
    }

    /// The transaction a broken row names, where its cells still stand in their columns; else its neighbours.
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

    /// By halving: a report may have as many subtotal rows as others.
    private func firstPlace(after line: Int) -> Int {
        var (low, high) = (0, places.count)
        while low < high {
            let middle = (low + high) / 2
            if places[middle].line > line { high = middle } else { low = middle + 1 }
        }
        return low
    }
}
