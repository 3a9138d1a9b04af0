// SPDX-License-Identifier: Apache-2.0

/// The rows of one IIF transaction, from TRNS to ENDTRNS.
struct IIFBlock {
    /// Something that is wrong with the block as a whole.
    enum Mistake {
        case missingEnd
    }

    let line: Int
    private(set) var lastLine: Int
    /// What Daybook's own CSV has in the columns about the transaction: the TRNS row says it, also for its SPL rows.
    private let header: [CSVColumn: String]
    /// The number in the file.
    private let number: String
    /// Whether its titles have a column for the number.
    private let hasNumbers: Bool
    private let kind: String
    private var rows: [CSVRow] = []
    private var problems: [IntakeProblem] = []

    init(_ row: CSVRow, _ table: ProfiledRows) {
        line = row.line
        lastLine = row.line
        let cells = table.cells(of: row)
        var header = cells.filter { CSVColumn.ofTransaction.contains($0.key) }
        header[.type] = CounterEvent.Kind.journal.rawValue
        header[.memo] = nil
        self.header = header
        number = table.text(.id, row)
        hasNumbers = table.places[.id] != nil
        kind = Self.word("TRNSTYPE", row, table).uppercased()
        add(row, table)
        checkKind()
        checkNumber()
    }

    /// The day as it is written, by which blocks of a day are counted.
    var day: String { "\(header[.store] ?? "") \(header[.date] ?? "")" }

    mutating func add(_ row: CSVRow, _ table: ProfiledRows) {
        lastLine = row.line
        if let problem = Self.flaw(of: row, table) { problems.append(problem) }
        checkStore(table.text(.store, row), at: row.line)
        let cells = table.cells(of: row)
        checkDate(cells[.date] ?? "", at: row.line)
        let line = cells.filter { !CSVColumn.ofTransaction.contains($0.key) }
        rows.append(ProfiledRows.row(line.merging(header) { _, header in header }, of: row))
    }

    mutating func note(_ problem: IntakeProblem) { problems.append(problem) }

    /// Whether its number is made of its day, so that two of one day look alike.
    func isDerived(_ numbering: JournalNumbering) -> Bool {
        switch numbering {
        case .number: !hasNumbers
        case .dayAndNumber: false
        case .day, .dayAndType, .dayAndPlace: true
        }
    }

    /// The mistake of a journal without a number whose day has another one.
    func unnumbered(since line: Int) -> IntakeProblem {
        IntakeProblem(
            line: self.line, field: CSVColumn.date.name, value: header[.date] ?? "",
            remedy: """
                the journal at line \(line) has the same day, and none has a number; make the profile with --numbering \
                day-and-place, or day-and-type if their kinds differ
                """)
    }

    /// The mistake where the place among a day's journals tells nothing.
    var unplaced: IntakeProblem {
        IntakeProblem(
            line: line, field: CSVColumn.date.name, value: header[.date] ?? "",
            remedy:
                "its day or the titles stand in the file twice, which may be two exports in one; take each by itself")
    }

    mutating func note(_ mistake: Mistake, at line: Int) {
        switch mistake {
        case .missingEnd:
            note(
                IntakeProblem(
                    line: line, field: "ENDTRNS", value: "",
                    remedy: "the transaction that begins at line \(self.line) does not end; rows of it may be lost"))
        }
    }

    /// The rows under the transaction's number.
    ///
    /// - Parameter place: The block's place among those of its day, from 1.
    func transaction(numbering: JournalNumbering, place: Int) -> Result<CSVBlock, IntakeProblems> {
        var header = header
        header[.id] = id(numbering, place)
        let records = rows.map { row in
            // The columns about the transaction come first.
            let cells = Dictionary(
                uniqueKeysWithValues: CSVColumn.allCases.map { ($0, FieldText.text(ofCell: row[$0.rawValue])) })
            return CSVRecord(
                ProfiledRows.row(cells.merging(header) { _, header in header }, of: row), ProfiledRows.columns)
        }
        guard let first = records.first, let key = first.key else {
            let blank = (records.first?.blankKeyColumns ?? []).map { column in
                IntakeProblem(line: line, field: column.name, value: "", remedy: "write it in the TRNS row")
            }
            return .failure(IntakeProblems(problems + blank + (blank.isEmpty ? records[0].keyMistakes : [])))
        }
        var block = CSVBlock(key, first)
        for record in records.dropFirst() { block.append(record) }
        for problem in problems { block.note(problem) }
        return .success(block)
    }

    /// A number is one of its kind: an invoice and a payment may have the same.
    private func id(_ numbering: JournalNumbering, _ place: Int) -> String? {
        let kind = kind == Self.journal || kind.isEmpty ? "" : "\(self.kind) "
        let day = ProfiledRows.dayNumber(header)
        switch numbering {
        case .number where hasNumbers: return number.isEmpty ? nil : kind + number
        case .dayAndNumber: return number.isEmpty ? nil : day.map { "\($0)-\(kind)\(number)" }
        case .number, .day: return day
        case .dayAndType: return day.map { "\($0)-\(self.kind.isEmpty ? Self.journal : self.kind)" }
        case .dayAndPlace: return day.map { "\($0)-\(place)" }
        }
    }

    private static let journal = "GENERAL JOURNAL"

    /// Kinds whose legs balance; Intuit's IIF reference names them.
    private static let kinds: Set<String> = [
        journal, "INVOICE", "CASH SALE", "PAYMENT", "CREDIT MEMO", "DEPOSIT", "BILL", "CHECK", "TRANSFER",
        "BILL REFUND",
        "CASH REFUND", "CREDIT CARD", "CCARD REFUND",
    ]

    /// A number that a spreadsheet has shortened is not seen behind its kind.
    private mutating func checkNumber() {
        do throws(IdentifierText.Mistake) {
            _ = try IdentifierText.read(number)
        } catch {
            note(IntakeProblem(line: line, field: CSVColumn.id.name, value: number, remedy: error.remedy))
        }
    }

    private mutating func checkKind() {
        guard !kind.isEmpty, !Self.kinds.contains(kind) else { return }
        let known = Self.kinds.sorted().joined(separator: ", ")
        note(
            IntakeProblem(
                line: line, field: "TRNSTYPE", value: kind,
                remedy: "it is none of \(known), which are taken as journals; leave it out of the file"))
    }

    /// All lines of a journal are of its day; of other kinds QuickBooks takes the day of the TRNS row.
    private mutating func checkDate(_ date: String, at line: Int) {
        guard kind == Self.journal || kind.isEmpty, !date.isEmpty, date != header[.date] else { return }
        note(
            IntakeProblem(
                line: line, field: CSVColumn.date.name, value: date,
                remedy: "the transaction that begins at line \(self.line) is of \(header[.date] ?? "")"))
    }

    /// All lines of a transaction are of its store.
    private mutating func checkStore(_ store: String, at line: Int) {
        guard !store.isEmpty, store != header[.store] else { return }
        note(
            IntakeProblem(
                line: line, field: "store", value: store,
                remedy: "the transaction that begins at line \(self.line) is of store \(header[.store] ?? "")"))
    }

    private static func word(_ title: String, _ row: CSVRow, _ table: ProfiledRows) -> String {
        guard let place = table.titles.names.firstIndex(where: { ColumnTitle.isSame($0, title) }), place < row.count
        else { return "" }
        return FieldText.text(ofCell: row[place])
    }

    /// Empty cells at a row's end are often left out.
    private static func flaw(of row: CSVRow, _ table: ProfiledRows) -> IntakeProblem? {
        var padded = row
        while padded.count < table.titles.count { padded.endCell() }
        if row.count > table.titles.count, (table.titles.count..<row.count).allSatisfy({ FieldText.isBlank(row[$0]) }) {
            padded = CSVRow((0..<table.titles.count).map { String(decoding: row[$0], as: UTF8.self) }, of: row)
        }
        padded.quoteMistake = row.quoteMistake
        let flaw = table.titles.flaw(of: padded)
        return flaw?.problem ?? flaw?.heldRows
    }
}
