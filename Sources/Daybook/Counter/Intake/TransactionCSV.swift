// SPDX-License-Identifier: Apache-2.0
import Foundation

/// Transactions as CSV: one row for each charge, tax, payment, amount or journal line; rows with the
/// same source, store, id and revision make one transaction, whose header cells must agree.
enum TransactionCSV {
    static let headerColumns = [
        "source", "store", "id", "revision", "type", "date", "currency", "contract", "memo", "customer_id",
        "customer_name", "customer_account",
    ]
    static let lineColumns = [
        "line", "kind", "category", "jurisdiction", "tender", "brand", "side", "account", "role", "amount",
        "description",
    ]

    static func rows(of text: String) -> [IntakeFile.Row] {
        do throws(CSVTable.Malformed) {
            let table = try CSVTable(text)
            guard let header = table.rows.first else {
                return [failure(1, "file", "empty", "write a header row and at least one row")]
            }
            let columns = header.cells.map { $0.trimmingCharacters(in: .whitespaces).lowercased() }
            let mistakes = headerMistakes(columns)
            guard mistakes.isEmpty else { return mistakes }
            return grouped(table.rows.dropFirst(), columns)
        } catch {
            return [failure(error.line, "file", "unreadable", error.remedy)]
        }
    }

    private static func headerMistakes(_ columns: [String]) -> [IntakeFile.Row] {
        let known = headerColumns + lineColumns
        let unknown = columns.filter { !known.contains($0) }
        let missing = ["source", "store", "id", "type", "date", "line", "amount"].filter { !columns.contains($0) }
        let twice = Set(columns.filter { name in columns.count(where: { $0 == name }) > 1 })
        return unknown.map {
            failure(
                1, $0.isEmpty ? "column" : $0, $0, "no such column; the columns are \(known.joined(separator: ", "))")
        }
            + missing.map { failure(1, $0, "", "add this column to the header row") }
            + twice.sorted().map { failure(1, $0, $0, "this column stands twice; remove one") }
    }

    private static func grouped(_ rows: ArraySlice<CSVTable.Row>, _ columns: [String]) -> [IntakeFile.Row] {
        var order: [CSVTransaction.Key] = []
        // Of every row that has its cells, in the file's order.
        var places: [Place] = []
        var groups: [CSVTransaction.Key: CSVTransaction] = [:]
        var broken: [CSVTable.Row] = []
        for row in rows {
            guard row.cells.count == columns.count else {
                broken.append(row)
                continue
            }
            let record = CSVRecord(row, columns)
            let key = CSVTransaction.Key(record)
            if groups[key] == nil { order.append(key) }
            groups[key, default: CSVTransaction()].records.append(record)
            places.append(Place(line: record.line, key: key))
        }
        var strays: [IntakeFile.Row] = []
        for row in broken {
            let remedy = "this row has \(row.cells.count) cells; the header has \(columns.count)"
            let problem = IntakeProblem(
                line: row.line, field: "row", value: "\(row.cells.count) cells", remedy: remedy)
            // A transaction that may have lost a row must not be taken without it.
            let touched = spoiled(by: row, columns, groups, places)
            for key in touched { groups[key]?.problems.append(problem) }
            if touched.isEmpty { strays.append(failure(row.line, problem.field, problem.value, remedy)) }
        }
        let read = order.compactMap { groups[$0]?.read() }
        return (read + strays).sorted { ($0.line ?? 0) < ($1.line ?? 0) }
    }

    private struct Place {
        let line: Int
        let key: CSVTransaction.Key
    }

    /// The transaction a broken row names, where its cells still stand in their columns; else its neighbours.
    private static func spoiled(
        by row: CSVTable.Row, _ columns: [String], _ groups: [CSVTransaction.Key: CSVTransaction], _ places: [Place]
    ) -> [CSVTransaction.Key] {
        let record = CSVRecord(row, columns)
        let named = CSVTransaction.Key(record)
        if groups[named] != nil { return [named] }
        let isInPlace = record["type"].flatMap(CounterEvent.Kind.init(rawValue:)) != nil && record["id"] != nil
        if isInPlace { return [] }
        let next = firstPlace(after: row.line, places)
        let before = next > 0 ? places[next - 1].key : nil
        let after = next < places.count ? places[next].key : nil
        return before == after ? [before].compactMap(\.self) : [before, after].compactMap(\.self)
    }

    /// By halving: a report may have as many subtotal rows as others.
    private static func firstPlace(after line: Int, _ places: [Place]) -> Int {
        var (low, high) = (0, places.count)
        while low < high {
            let middle = (low + high) / 2
            if places[middle].line > line { high = middle } else { low = middle + 1 }
        }
        return low
    }

    private static func failure(_ line: Int, _ field: String, _ value: String, _ remedy: String) -> IntakeFile.Row {
        let problem = IntakeProblem(line: line, field: field, value: value, remedy: remedy)
        return IntakeFile.Row(line: line, result: .failure(IntakeProblems([problem])))
    }
}
