// SPDX-License-Identifier: Apache-2.0

/// The rows of a CSV file that make one transaction.
struct TransactionRows {
    var records: [CSVRecord] = []
    /// Mistakes that were found before its rows were read.
    var problems: [IntakeProblem] = []

    private enum List: String, CaseIterable {
        case charges, taxes, payments, lines

        /// The list that rows of a kind fill.
        init?(line: String) {
            switch line {
            case "charge": self = .charges
            case "tax": self = .taxes
            case "payment": self = .payments
            case "journal": self = .lines
            default: return nil
            }
        }
    }

    /// Reads the transaction, or all its mistakes; nil when there is no row.
    ///
    /// - Parameter tape: Scratch space, which is overwritten.
    func read(_ tape: inout FieldTape) -> IntakeFile.Row? {
        guard let first = records.first else { return nil }
        var problems = problems
        var lists: [List: [CSVRecord]] = [:]
        var amounts: [CSVRecord] = []
        for record in records {
            problems += disagreements(of: record, with: first)
            // The first row's key is read with the transaction.
            if !record.hasSameKeyCells(as: first) { problems += record.keyMistakes }
            let line = record.text(.line)
            if let list = List(line: line) {
                lists[list, default: []].append(record)
            } else if line == "amount" {
                amounts.append(record)
            } else {
                problems.append(record.problem(.line, "write charge, tax, payment, amount or journal"))
            }
        }
        problems += misplaced(amounts)
        write(first, lists, amounts, onto: &tape)
        let result = TransactionReader.read(tape, line: first.line)
        if case .failure(let more) = result {
            // A cell with a wrong quote has been named already.
            let others = more.list.map { placed($0, lists, amounts) }.filter { problem in
                !self.problems.contains { $0.line == problem.line && $0.field == problem.field }
            }
            problems += others
        }
        return IntakeFile.Row(
            line: first.line, result: problems.isEmpty ? result : .failure(IntakeProblems(problems)))
    }

    private func write(
        _ first: CSVRecord, _ lists: [List: [CSVRecord]], _ amounts: [CSVRecord], onto tape: inout FieldTape
    ) {
        tape.clear()
        let object = tape.begin(.object)
        first.addHeader(to: &tape)
        if let amount = amounts.first?[.amount] { tape.add(amount, named: CSVColumn.amount.name) }
        for list in List.allCases {
            guard let records = lists[list] else { continue }
            let place = tape.begin(.array, name: tape.name(list.rawValue))
            for record in records { record.addLine(to: &tape) }
            tape.end(place)
        }
        tape.end(object)
    }

    private func disagreements(of record: CSVRecord, with first: CSVRecord) -> [IntakeProblem] {
        guard record.line != first.line else { return [] }
        // The key's cells may be written in several ways.
        let columns = CSVColumn.ofTransaction.filter { !CSVColumn.key.contains($0) }
        return columns.filter { !record.agrees(with: first, in: $0) }.map { column in
            record.problem(
                column, "all rows of a transaction must agree; line \(first.line) says “\(first.text(column))”")
        }
    }

    /// An amount row holds one amount and nothing else, and there is only one.
    private func misplaced(_ amounts: [CSVRecord]) -> [IntakeProblem] {
        guard !amounts.isEmpty else { return [] }
        let columns = CSVColumn.ofLine.filter { $0 != .amount }
        let cells = amounts.flatMap { record in
            columns.filter { record[$0] != nil }.map {
                record.problem($0, "an amount row has only an amount; remove it")
            }
        }
        let more = amounts.dropFirst().map { $0.problem(.line, "a transaction has one amount row; remove the others") }
        return cells + more
    }

    /// The problem with its row and column, instead of the path in the JSON form, such as `charges[1].amount`.
    private func placed(
        _ problem: IntakeProblem, _ lists: [List: [CSVRecord]], _ amounts: [CSVRecord]
    ) -> IntakeProblem {
        if problem.field.hasPrefix("customer.") {
            return problem.moved(to: problem.line, field: problem.field.replacing(".", with: "_"))
        }
        if problem.field == "amount" { return problem.moved(to: amounts.first?.line ?? problem.line, field: "amount") }
        guard let dot = problem.field.firstIndex(of: ".") else { return problem }
        let parts = problem.field[..<dot].split(separator: "[")
        guard parts.count == 2, let list = List(rawValue: String(parts[0])), let rows = lists[list],
            let index = Int(parts[1].dropLast()), rows.indices.contains(index)
        else { return problem }
        return problem.moved(to: rows[index].line, field: String(problem.field[dot...].dropFirst()))
    }
}

extension CSVRecord {
    fileprivate func problem(_ column: CSVColumn, _ remedy: String) -> IntakeProblem {
        IntakeProblem(line: line, field: column.name, value: text(column), remedy: remedy)
    }
}

extension IntakeProblem {
    fileprivate func moved(to line: Int?, field: String) -> IntakeProblem {
        IntakeProblem(line: line, field: field, value: value, remedy: remedy)
    }
}
