// SPDX-License-Identifier: Apache-2.0

// A row of a general ledger is a line of a journal.
extension ProfiledRows {
    func addLedger(_ row: CSVRow, to cells: inout [CSVColumn: String]) {
        cells[.type] = CounterEvent.Kind.journal.rawValue
        cells[.line] = "journal"
        // IIF has blocks, and their first row has the number.
        if profile.shape == .ledger { cells[.id] = journalNumber(cells) }
        if cells[.description] == nil, let memo = cells.removeValue(forKey: .memo) { cells[.description] = memo }
        cells[.accountName] = accountName(cells)
        cells[.account] = nil
        if places[.amount] == nil { addSides(row, to: &cells) } else { turn(&cells) }
    }

    /// One block a day and store, where the file has no numbers; a row of no day belongs to its neighbours.
    private func journalNumber(_ cells: [CSVColumn: String]) -> String? {
        let number = cells[.id] ?? ""
        switch profile.numbering {
        case .number where places[.id] != nil || profile.constants[.id] != nil: return number
        case .dayAndNumber: return Self.dayNumber(cells).flatMap { number.isEmpty ? nil : "\($0)-\(number)" }
        case .number, .day, .dayAndType, .dayAndPlace: return Self.dayNumber(cells)
        }
    }

    /// `GL-20261116`; nil for a row of no day.
    static func dayNumber(_ cells: [CSVColumn: String]) -> String? {
        let day = cells[.date].flatMap { CalendarDate(text: $0) }
        return day.map { "GL-\($0.text.replacing("-", with: ""))" }
    }

    /// Number and name as QuickBooks Desktop writes them together; a line without an account is known by its memo.
    private func accountName(_ cells: [CSVColumn: String]) -> String? {
        let parts = [cells[.account], cells[.accountName]].compactMap(\.self).filter { !$0.isEmpty }
        if parts.count == 2 {
            // Of a subaccount the number is its own, not its parent's.
            let names = parts[1].split(separator: ":")
            return (names.dropLast().map(String.init) + ["\(parts[0]) · \(names.last ?? "")"]).joined(separator: ":")
        }
        if let name = parts.first { return name }
        guard let memo = cells[.description], !memo.isEmpty else { return nil }
        return SourceAccount.memoMark + memo
    }

    /// A debit and a credit in columns of their own; a row with both is left without an amount and refused.
    private func addSides(_ row: CSVRow, to cells: inout [CSVColumn: String]) {
        let (debit, credit) = (amount(text(.debit, row), cells), amount(text(.credit, row), cells))
        switch (debit.isEmpty || Self.isZero(debit), credit.isEmpty || Self.isZero(credit)) {
        case (false, true): (cells[.side], cells[.amount]) = ("debit", debit)
        case (true, false): (cells[.side], cells[.amount]) = ("credit", credit)
        case (true, true): (cells[.side], cells[.amount]) = ("debit", debit.isEmpty ? credit : debit)
        case (false, false):
            cells[.side] = "debit \(debit) and credit \(credit)"
            return
        }
        turn(&cells)
    }

    /// A negative debit is a credit, and the other way round.
    ///
    /// Without a side, debits are positive.
    private func turn(_ cells: inout [CSVColumn: String]) {
        let side = cells[.side].flatMap { EntryLine.Side(rawValue: $0) }
        if cells[.side] == nil { cells[.side] = "debit" }
        guard let amount = cells[.amount], amount.hasPrefix("-"), side != nil || places[.side] == nil else { return }
        cells[.amount] = String(amount.dropFirst())
        cells[.side] = (side ?? .debit).opposite.rawValue
    }

    private static func isZero(_ amount: String) -> Bool { amount.allSatisfy { "-0.".contains($0) } }

    /// A mistake of a journal's number, or of its account, in words of a ledger.
    func ledgerNamed(_ problem: IntakeProblem) -> IntakeProblem? {
        guard profile.shape != .transactions else { return nil }
        if problem.field == CSVColumn.id.name, problem.value.isEmpty {
            guard let title = profile.columns[.id], profile.numbering != .day else {
                return problem.moved(
                    to: profile.columns[.date] ?? problem.field,
                    "it does not say of which day it is; write the date in every row")
            }
            return problem.moved(
                to: title,
                """
                this journal has no number by which it is known when it comes again; write one, or make the profile with \
                --numbering day
                """)
        }
        guard [CSVColumn.accountName.name, "account", "accountName"].contains(problem.field) else { return nil }
        return problem.moved(
            to: profile.columns[.account] ?? profile.columns[.accountName] ?? problem.field,
            problem.value.isEmpty
                ? "this line has neither an account nor a memo; write one of the two" : problem.remedy)
    }
}

extension IntakeProblem {
    fileprivate func moved(to field: String, _ remedy: String) -> IntakeProblem {
        IntakeProblem(line: line, field: field, value: value, remedy: remedy)
    }
}
