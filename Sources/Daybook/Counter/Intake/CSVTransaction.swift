// SPDX-License-Identifier: Apache-2.0

/// The rows of a CSV file that make one transaction.
struct CSVTransaction {
    /// What tells which rows belong together.
    struct Key: Hashable {
        private let cells: [String]

        init(_ record: CSVRecord) {
            cells = ["source", "store", "id", "revision"].map { record[$0] ?? "" }
        }
    }

    var records: [CSVRecord] = []
    /// What is already known to be wrong with it.
    var problems: [IntakeProblem] = []

    /// The list that rows of a kind fill.
    private static let lists = ["charge": "charges", "tax": "taxes", "payment": "payments", "journal": "lines"]

    func read() -> IntakeFile.Row? {
        guard let first = records.first else { return nil }
        var problems = problems
        var members = first.header
        var lists: [String: [CSVRecord]] = [:]
        var amounts: [CSVRecord] = []
        for record in records {
            problems += disagreements(of: record, with: first)
            if let list = record["line"].flatMap({ Self.lists[$0] }) {
                lists[list, default: []].append(record)
            } else if record["line"] == "amount" {
                amounts.append(record)
            } else {
                problems.append(record.problem("line", "write charge, tax, payment, amount or journal"))
            }
        }
        members["amount"] = amounts.first?["amount"].map(JSONTree.string)
        problems += misplaced(amounts)
        for (name, rows) in lists { members[name] = .array(rows.map(\.list)) }
        let result = TransactionReader.read(.object(members), line: first.line)
        if case .failure(let more) = result { problems += more.list.map { placed($0, lists, amounts) } }
        return IntakeFile.Row(
            line: first.line, result: problems.isEmpty ? result : .failure(IntakeProblems(problems)))
    }

    private func disagreements(of record: CSVRecord, with first: CSVRecord) -> [IntakeProblem] {
        TransactionCSV.headerColumns.filter { record[$0] != first[$0] }.map { column in
            let said = first[column] ?? ""
            return record.problem(
                column, "all rows of a transaction must agree; line \(first.line) says “\(said)”")
        }
    }

    /// An amount row holds one amount and nothing else, and there is only one.
    private func misplaced(_ amounts: [CSVRecord]) -> [IntakeProblem] {
        let columns = TransactionCSV.lineColumns.filter { $0 != "line" && $0 != "amount" }
        let cells = amounts.flatMap { record in
            columns.filter { record[$0] != nil }.map {
                record.problem($0, "an amount row has only an amount; remove it")
            }
        }
        let more = amounts.dropFirst().map { $0.problem("line", "a transaction has one amount row; remove the others") }
        return cells + more
    }

    /// From the place in the JSON form, `charges[1].amount`, to the row and column it came from.
    private func placed(
        _ problem: IntakeProblem, _ lists: [String: [CSVRecord]], _ amounts: [CSVRecord]
    ) -> IntakeProblem {
        if problem.field.hasPrefix("customer.") {
            return problem.moved(to: problem.line, field: problem.field.replacing(".", with: "_"))
        }
        if problem.field == "amount" { return problem.moved(to: amounts.first?.line ?? problem.line, field: "amount") }
        guard let dot = problem.field.firstIndex(of: ".") else { return problem }
        let parts = problem.field[..<dot].split(separator: "[")
        guard parts.count == 2, let rows = lists[String(parts[0])], let index = Int(parts[1].dropLast()),
            rows.indices.contains(index)
        else { return problem }
        return problem.moved(to: rows[index].line, field: String(problem.field[dot...].dropFirst()))
    }
}

extension CSVRecord {
    fileprivate func problem(_ column: String, _ remedy: String) -> IntakeProblem {
        IntakeProblem(line: line, field: column, value: self[column] ?? "", remedy: remedy)
    }
}

extension IntakeProblem {
    fileprivate func moved(to line: Int?, field: String) -> IntakeProblem {
        IntakeProblem(line: line, field: field, value: value, remedy: remedy)
    }
}
