// SPDX-License-Identifier: Apache-2.0

/// Makes rows of Daybook's own CSV of a table's rows, as a profile says.
struct ProfiledRows {
    /// The columns of the rows that it makes: all of them, in their order.
    static let columns = CSVColumns(CSVColumn.allCases.map(\.name))

    let profile: IntakeProfile
    /// The table's own columns.
    let titles: CSVColumns
    private let places: [ProfileField: Int]
    private let columnsWithPlaces: [(column: CSVColumn, place: Int)]

    /// - Returns: Nil for a row that is not the table's header: it lacks a title of the profile.
    init?(_ profile: IntakeProfile, header row: CSVRow) {
        let titles = (0..<row.count).map { ColumnTitle.text(of: row[$0]) }
        var places: [ProfileField: Int] = [:]
        for (field, title) in profile.columns {
            guard let place = titles.firstIndex(where: { ColumnTitle.isSame($0, title) }) else { return nil }
            places[field] = place
        }
        self.profile = profile
        self.titles = CSVColumns(titles)
        self.places = places
        columnsWithPlaces = places.compactMap { field, place in
            field.column.map { (column: $0, place: place) }
        }
    }

    /// Whether the profile passes over a row, such as a total.
    func passesOver(_ row: CSVRow) -> Bool {
        guard !profile.passOver.isEmpty else { return false }
        let first = (0..<row.count).lazy.compactMap { FieldText.trimmedCell(row[$0]) }.first
        let text = first.map { String(decoding: $0, as: UTF8.self).lowercased() } ?? ""
        return profile.passOver.contains { text.hasPrefix($0) }
    }

    func row(_ row: CSVRow) -> CSVRow {
        var cells: [CSVColumn: String] = [:]
        for (field, text) in profile.constants { if let column = field.column { cells[column] = text } }
        for (column, place) in columnsWithPlaces where place < row.count {
            let text = FieldText.trimmedCell(row[place]).map { String(decoding: $0, as: UTF8.self) } ?? ""
            cells[column] = written(text, in: column)
        }
        if profile.shape == .ledger { addLedger(row, to: &cells) }
        return CSVRow(CSVColumn.allCases.map { cells[$0] ?? "" }, of: row)
    }

    /// As Daybook's own CSV writes it; what can't be read is left as it is, and refused by name.
    private func written(_ text: String, in column: CSVColumn) -> String {
        switch column {
        case .date: (profile.dateOrder ?? .yearFirst).date(text)?.text ?? text
        case .amount: profile.decimalMark.plain(text) ?? text
        case .type, .line, .kind, .tender, .side: text.lowercased().replacing(" ", with: "-")
        default: text
        }
    }

    /// Puts mistakes under the table's own titles.
    func rename(_ rows: inout [IntakeFile.Row], from start: Int) {
        for index in rows.indices.dropFirst(start) {
            guard case .failure(let problems) = rows[index].result else { continue }
            rows[index] = IntakeFile.Row(
                line: rows[index].line, result: .failure(IntakeProblems(problems.list.map(named))))
        }
    }

    private func named(_ problem: IntakeProblem) -> IntakeProblem {
        let title = ProfileField(rawValue: problem.field).flatMap { profile.columns[$0] }
        return IntakeProblem(
            line: problem.line, field: title ?? problem.field, value: problem.value, remedy: problem.remedy)
    }
}

// A row of a general ledger is a line of a journal.
extension ProfiledRows {
    private func addLedger(_ row: CSVRow, to cells: inout [CSVColumn: String]) {
        cells[.type] = CounterEvent.Kind.journal.rawValue
        cells[.line] = "journal"
        if places[.id] == nil, let date = cells[.date] {
            // One block a day and store; its number is the date.
            cells[.id] = "GL-\(date.replacing("-", with: ""))"
        }
        if let account = cells[.account] { cells[.account] = Self.number(account) }
        if cells[.description] == nil, let memo = cells.removeValue(forKey: .memo) { cells[.description] = memo }
        if places[.amount] == nil { addSides(row, to: &cells) } else { turn(&cells) }
    }

    /// The number of `4000 · Rental income`, as QuickBooks writes an account with its name.
    private static func number(_ account: String) -> String {
        guard let dot = account.firstRange(of: " · ") else { return account }
        return String(account[..<dot.lowerBound])
    }

    /// A debit and a credit in columns of their own; a row with both is left without an amount and refused.
    private func addSides(_ row: CSVRow, to cells: inout [CSVColumn: String]) {
        let (debit, credit) = (amount(.debit, row), amount(.credit, row))
        switch (debit.isEmpty || Self.isZero(debit), credit.isEmpty || Self.isZero(credit)) {
        case (false, true): (cells[.side], cells[.amount]) = ("debit", debit)
        case (true, false): (cells[.side], cells[.amount]) = ("credit", credit)
        case (true, true): (cells[.side], cells[.amount]) = ("debit", debit.isEmpty ? credit : debit)
        case (false, false): (cells[.side], cells[.amount]) = ("debit and credit", debit)
        }
        turn(&cells)
    }

    private func amount(_ field: ProfileField, _ row: CSVRow) -> String {
        guard let place = places[field], place < row.count, let cell = FieldText.trimmedCell(row[place]) else {
            return ""
        }
        return written(String(decoding: cell, as: UTF8.self), in: .amount)
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
}

/// The title of a column, as it is compared.
enum ColumnTitle {
    static func text(of cell: ArraySlice<UInt8>) -> String {
        FieldText.trimmedCell(cell).map { String(decoding: $0, as: UTF8.self) } ?? ""
    }

    /// Small and capital letters, spaces and marks make no difference: `Customer Name` is `customer_name`.
    static func isSame(_ one: String, _ other: String) -> Bool { plain(one) == plain(other) }

    static func plain(_ title: String) -> String { title.lowercased().filter { $0.isLetter || $0.isNumber } }
}
