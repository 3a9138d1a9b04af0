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
        let titles = (0..<row.count).map { FieldText.text(ofCell: row[$0]) }
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

    /// Whether the profile passes over a row, such as a total: it begins with such a word, and is of no day.
    func passesOver(_ row: CSVRow) -> Bool {
        // A wrong quote may have taken in other rows.
        guard !profile.passOver.isEmpty, row.quoteMistake == nil, !row.hasLineBreak else { return false }
        if let place = places[.date], place < row.count, !DateOrder.possible(FieldText.text(ofCell: row[place])).isEmpty
        {
            return false
        }
        let first = (0..<row.count).lazy.map { FieldText.text(ofCell: row[$0]) }.first { !$0.isEmpty } ?? ""
        return PassedWord.begins(first, with: profile.passOver)
    }

    /// As for a header of Daybook's own CSV; a type that is the same everywhere tells nothing.
    func tellsPlace(_ record: CSVRecord) -> Bool {
        // The type of a ledger's rows is Daybook's own word.
        guard profile.shape == .transactions, let type = places[.type],
            CounterEvent.Kind(rawValue: record.text(.type)) != nil
        else { return false }
        return [ProfileField.source, .store, .id, .revision].allSatisfy { (places[$0] ?? -1) < type }
    }

    func row(_ row: CSVRow) -> CSVRow {
        var cells: [CSVColumn: String] = [:]
        for (field, text) in profile.constants { if let column = field.column { cells[column] = text } }
        for (column, place) in columnsWithPlaces where place < row.count {
            cells[column] = written(FieldText.text(ofCell: row[place]), in: column)
        }
        readAmount(&cells)
        if profile.shape == .ledger { addLedger(row, to: &cells) }
        return CSVRow(CSVColumn.allCases.map { cells[$0] ?? "" }, of: row)
    }

    /// As Daybook's own CSV writes it; what can't be read is left as it is, and refused by name.
    private func written(_ text: String, in column: CSVColumn) -> String {
        switch column {
        case .date: (profile.dateOrder ?? .yearFirst).date(text)?.text ?? text
        case .type, .line, .kind, .tender, .side: text.lowercased().replacing(" ", with: "-")
        default: text
        }
    }

    /// An amount in another currency than its row's stays as it is written, and is refused.
    private func readAmount(_ cells: inout [CSVColumn: String]) {
        guard let text = cells[.amount] else { return }
        cells[.amount] = amount(text, cells)
    }

    private func amount(_ text: String, _ cells: [CSVColumn: String]) -> String {
        let currency = cells[.currency].flatMap { $0.isEmpty ? nil : $0 } ?? Currency.usd.code
        guard AmountCurrency.agrees(text, currency) else { return text }
        return profile.decimalMark.plain(text) ?? text
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
        if profile.shape == .ledger, places[.id] == nil, problem.field == CSVColumn.id.name,
            let title = profile.columns[.date]
        {
            return IntakeProblem(
                line: problem.line, field: title, value: problem.value,
                remedy: "it does not say of which day it is; write the date in every row")
        }
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
        if places[.id] == nil {
            // One block a day and store; its number is the date. A row of no day belongs to its neighbours.
            let day = cells[.date].flatMap { CalendarDate(text: $0) }
            cells[.id] = day.map { "GL-\($0.text.replacing("-", with: ""))" }
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
        let (debit, credit) = (amount(.debit, row, cells), amount(.credit, row, cells))
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

    private func amount(_ field: ProfileField, _ row: CSVRow, _ cells: [CSVColumn: String]) -> String {
        guard let place = places[field], place < row.count else { return "" }
        return amount(FieldText.text(ofCell: row[place]), cells)
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
    /// Small and capital letters, spaces and marks make no difference: `Customer Name` is `customer_name`.
    static func isSame(_ one: String, _ other: String) -> Bool {
        let (left, right) = (plain(one), plain(other))
        return left.isEmpty && right.isEmpty ? one == other : left == right
    }

    static func plain(_ title: String) -> String { title.lowercased().filter { $0.isLetter || $0.isNumber } }
}

/// Words with which rows begin that are no lines of anything, such as `total`.
enum PassedWord {
    /// Whether a text begins with one of some words, as a whole word.
    static func begins(_ text: String, with words: [String]) -> Bool {
        let text = text.lowercased()
        return words.contains { word in
            !word.isEmpty && text.hasPrefix(word)
                && text.dropFirst(word.count).first.map { !$0.isLetter && !$0.isNumber } ?? true
        }
    }
}
