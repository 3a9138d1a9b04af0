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
        }
        var strays: [IntakeFile.Row] = []
        for row in broken {
            let remedy = "this row has \(row.cells.count) cells; the header has \(columns.count)"
            let problem = IntakeProblem(
                line: row.line, field: "row", value: "\(row.cells.count) cells", remedy: remedy)
            // A transaction that may have lost a row must not be taken without it.
            let touched = spoiled(by: row, columns, groups)
            for key in touched { groups[key]?.problems.append(problem) }
            if touched.isEmpty { strays.append(failure(row.line, problem.field, problem.value, remedy)) }
        }
        let read = order.compactMap { groups[$0]?.read() }
        return (read + strays).sorted { ($0.line ?? 0) < ($1.line ?? 0) }
    }

    /// The transaction a broken row names, where its cells still stand in their columns; else its neighbours.
    private static func spoiled(
        by row: CSVTable.Row, _ columns: [String], _ groups: [CSVTransaction.Key: CSVTransaction]
    ) -> [CSVTransaction.Key] {
        let record = CSVRecord(row, columns)
        let named = CSVTransaction.Key(record)
        if groups[named] != nil { return [named] }
        let isInPlace = record["type"].flatMap(CounterEvent.Kind.init(rawValue:)) != nil && record["id"] != nil
        if isInPlace { return [] }
        let places = groups.flatMap { key, group in group.records.map { (line: $0.line, key: key) } }
        let before = places.filter { $0.line < row.line }.max { $0.line < $1.line }
        let after = places.filter { $0.line > row.line }.min { $0.line < $1.line }
        return before?.key == after?.key ? [before].compactMap { $0?.key } : [before, after].compactMap { $0?.key }
    }

    private static func failure(_ line: Int, _ field: String, _ value: String, _ remedy: String) -> IntakeFile.Row {
        let problem = IntakeProblem(line: line, field: field, value: value, remedy: remedy)
        return IntakeFile.Row(line: line, result: .failure(IntakeProblems([problem])))
    }
}
