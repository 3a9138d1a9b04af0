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
        return unknown.map { failure(1, $0, $0, "no such column; the columns are \(known.joined(separator: ", "))") }
            + missing.map { failure(1, $0, "", "add this column to the header row") }
            + twice.sorted().map { failure(1, $0, $0, "this column stands twice; remove one") }
    }

    private static func grouped(_ rows: ArraySlice<CSVTable.Row>, _ columns: [String]) -> [IntakeFile.Row] {
        var order: [[String]] = []
        var groups: [[String]: [CSVRecord]] = [:]
        var broken: [IntakeFile.Row] = []
        for row in rows {
            guard row.cells.count == columns.count else {
                let remedy = "this row has \(row.cells.count) cells; the header has \(columns.count)"
                broken.append(failure(row.line, "row", "\(row.cells.count) cells", remedy))
                continue
            }
            let record = CSVRecord(row, columns)
            let key = ["source", "store", "id", "revision"].map { record[$0] ?? "" }
            if groups[key] == nil { order.append(key) }
            groups[key, default: []].append(record)
        }
        let read = order.compactMap { groups[$0] }.map(transaction)
        return (read + broken).sorted { ($0.line ?? 0) < ($1.line ?? 0) }
    }

    private static func transaction(_ records: [CSVRecord]) -> IntakeFile.Row {
        let first = records[0]
        var problems: [IntakeProblem] = []
        var lists: [String: [JSONTree]] = [:]
        var members = first.header
        for record in records {
            for column in headerColumns where record[column] != first[column] {
                let remedy = "all rows of a transaction must agree; line \(first.line) says “\(first[column] ?? "")”"
                problems.append(
                    IntakeProblem(line: record.line, field: column, value: record[column] ?? "", remedy: remedy))
            }
            switch record["line"] {
            case "charge": lists["charges", default: []].append(record.list)
            case "tax": lists["taxes", default: []].append(record.list)
            case "payment": lists["payments", default: []].append(record.list)
            case "journal": lists["lines", default: []].append(record.list)
            case "amount": members["amount"] = record["amount"].map(JSONTree.string)
            case let other:
                let remedy = "write charge, tax, payment, amount or journal"
                problems.append(IntakeProblem(line: record.line, field: "line", value: other ?? "", remedy: remedy))
            }
        }
        for (name, items) in lists { members[name] = .array(items) }
        let result = TransactionReader.read(.object(members), line: first.line)
        if case .failure(let more) = result { problems += more.list }
        return IntakeFile.Row(
            line: first.line, result: problems.isEmpty ? result : .failure(IntakeProblems(problems)))
    }

    private static func failure(_ line: Int, _ field: String, _ value: String, _ remedy: String) -> IntakeFile.Row {
        let problem = IntakeProblem(line: line, field: field, value: value, remedy: remedy)
        return IntakeFile.Row(line: line, result: .failure(IntakeProblems([problem])))
    }
}
