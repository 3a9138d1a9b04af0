// SPDX-License-Identifier: Apache-2.0

/// Makes rows of Daybook's own CSV of a table's rows, as a profile says.
struct ProfiledRows {
    /// The columns of the rows that it makes: all of them, in their order.
    static let columns = CSVColumns(CSVColumn.allCases.map(\.name))

    let profile: IntakeProfile
    /// The table's own columns.
    let titles: CSVColumns
    let places: [ProfileField: Int]
    private let columnsWithPlaces: [(column: CSVColumn, place: Int)]

    /// - Returns: Nil for a row that is not the table's header: it lacks a title of the profile.
    init?(_ profile: IntakeProfile, header row: CSVRow) {
        self.init(profile, titles: (0..<row.count).map { FieldText.text(ofCell: row[$0]) })
    }

    /// - Parameter needed: The fields whose titles have to be there; nil for all of the profile's.
    /// - Returns: Nil where one of them is missing.
    init?(_ profile: IntakeProfile, titles: [String], needed: Set<ProfileField>? = nil) {
        var places: [ProfileField: Int] = [:]
        for (field, title) in profile.columns {
            if let place = ColumnTitle.place(of: title, in: titles) {
                places[field] = place
            } else if needed?.contains(field) != false {
                return nil
            }
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
        if !DateOrder.possible(text(.date, row)).isEmpty { return false }
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

    /// What a row has in a field's column, without spaces at its ends.
    func text(_ field: ProfileField, _ row: CSVRow) -> String {
        guard let place = places[field], place < row.count else { return "" }
        return FieldText.text(ofCell: row[place])
    }

    func row(_ row: CSVRow) -> CSVRow { Self.row(cells(of: row), of: row) }

    static func row(_ cells: [CSVColumn: String], of row: CSVRow) -> CSVRow {
        CSVRow(CSVColumn.allCases.map { cells[$0] ?? "" }, of: row)
    }

    func cells(of row: CSVRow) -> [CSVColumn: String] {
        var cells: [CSVColumn: String] = [:]
        for (field, text) in profile.constants { if let column = field.column { cells[column] = text } }
        for (column, place) in columnsWithPlaces where place < row.count {
            cells[column] = written(FieldText.text(ofCell: row[place]), in: column)
        }
        readAmount(&cells)
        if profile.shape != .transactions { addLedger(row, to: &cells) }
        return cells
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

    func amount(_ text: String, _ cells: [CSVColumn: String]) -> String {
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
        if let ledger = ledgerNamed(problem) { return ledger }
        let title = ProfileField(rawValue: problem.field).flatMap { profile.columns[$0] }
        return IntakeProblem(
            line: problem.line, field: title ?? problem.field, value: problem.value, remedy: problem.remedy)
    }
}

/// The title of a column, as it is compared.
enum ColumnTitle {
    /// Small and capital letters, spaces and marks make no difference: `Customer Name` is `customer_name`.
    static func isSame(_ one: String, _ other: String) -> Bool {
        let (left, right) = (plain(one), plain(other))
        return left.isEmpty && right.isEmpty ? one == other : left == right
    }

    /// The column with a title: the same one before one that differs in marks alone, such as `Account` beside `Account #`.
    static func place(of title: String, in titles: [String]) -> Int? {
        titles.firstIndex(of: title) ?? titles.firstIndex { isSame($0, title) }
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
