// SPDX-License-Identifier: Apache-2.0

/// How a table may be read, as far as the table itself tells.
package struct ProfileDraft: Sendable {
    /// What a person has said already.
    package struct Answers: Sendable {
        package var dateOrder: DateOrder?
        package var decimalMark: DecimalMark?
        package var numbering: JournalNumbering?
        package var columns: [ProfileField: String] = [:]
        package var constants: [ProfileField: String] = [:]
        /// Whether it is taken beside what another source tells of the same days.
        package var isBeside = false

        package init() {}
    }

    package private(set) var profile: IntakeProfile
    /// What has to be asked before the table is read.
    package private(set) var questions: [ProfileQuestion] = []
    /// Titles of columns that are not read.
    package private(set) var unread: [String] = []

    /// The titles of the file's columns.
    package let titles: [String]
    private let rows: [[String]]
    /// Of an IIF file, the TRNS rows.
    private let firstLines: [[String]]?

    /// - Parameters:
    ///   - start: The table's first bytes, a few hundred rows if there are so many; the end may be cut off.
    ///   - name: The profile's.
    /// - Returns: Nil for what has no row of titles that says what is in the columns.
    package init?(_ start: ArraySlice<UInt8>, name: String, answers: Answers = Answers()) {
        let sample = TableSample(start)
        profile = IntakeProfile(
            name: name, shape: .transactions, encoding: sample.encoding, separator: sample.separator, columns: [:])
        if let iif = IIFSample(sample.rows) {
            (titles, rows, firstLines) = (iif.titles, iif.allLines, iif.firstLines)
            profile.shape = .iif
            decideIIFColumns(answers)
        } else if let header = Self.header(in: sample.rows, answers) {
            let titles = sample.rows[header]
            rows = sample.rows[(header + 1)...].filter { $0.count == titles.count }
            (self.titles, firstLines) = (titles, nil)
            decideColumns(answers)
            decidePassedRows()
        } else if let sage = SageColumns.titles(of: sample.rows) {
            (titles, rows, firstLines) = (sage, sample.rows, nil)
            profile.titles = sage
            decideColumns(answers)
        } else {
            return nil
        }
        profile.header = profile.titles == nil ? titles : []
        profile.isBeside = answers.isBeside
        decideNumbering(answers)
        decideDates(answers)
        decideAmounts(answers)
    }

    /// Intuit has fixed the titles; a store may stand in the column of the class.
    private mutating func decideIIFColumns(_ answers: Answers) {
        profile.constants = answers.constants
        let known = IIFProfile.columns.filter { field, title in
            answers.constants[field] == nil && titles.contains { ColumnTitle.isSame($0, title) }
        }
        profile.columns = known.merging(answers.columns.filter { isTitle($0.value) }) { _, answer in answer }
        askForMissing(answers)
    }

    private mutating func decideNumbering(_ answers: Answers) {
        guard profile.shape != .transactions else { return }
        if let numbering = answers.numbering {
            profile.numbering = numbering
            return
        }
        let kind = titles.firstIndex { ColumnTitle.isSame($0, "TRNSTYPE") }
        let journals = (firstLines ?? rows).map { row in
            func text(_ field: ProfileField) -> String { place(of: field).map { row[$0] } ?? "" }
            return JournalRow(
                store: text(.store), date: text(.date), kind: kind.map { row[$0] } ?? "", number: text(.id))
        }
        let isLine = { (row: JournalRow) in !DateOrder.possible(row.date).isEmpty }
        let found = Self.numbering(of: journals.filter(isLine), blocksAreKnown: firstLines != nil)
        profile.numbering = found.numbering
        if let question = found.question { questions.append(question) }
    }

    /// The first row with titles of several known fields.
    private static func header(in rows: [[String]], _ answers: Answers) -> Int? {
        let named = answers.columns.values
        return rows.prefix(30).firstIndex { row in
            row.count(where: { title in
                !FieldTitles.fields(of: title).isEmpty || named.contains { ColumnTitle.isSame($0, title) }
            }) >= 3
        }
    }

    private mutating func decideColumns(_ answers: Answers) {
        let fields = titles.map(FieldTitles.fields)
        let isLedger =
            fields.contains([.debit]) || fields.contains([.credit])
            || !fields.contains { $0.contains(.type) }
                && fields.contains { $0.contains(.account) || $0.contains(.accountName) }
        profile.shape = isLedger ? .ledger : .transactions
        profile.constants = answers.constants
        let wanted = isLedger ? ProfileField.ofLedger : Set(ProfileField.allCases.filter { $0.column != nil })
        for field in ProfileField.allCases where wanted.contains(field) {
            let known = zip(titles, fields).filter { $0.1.contains(field) }.map(\.0)
            // In Daybook's own form its own name counts before others.
            let own = isOwnForm ? known.filter { ColumnTitle.isSame($0, field.rawValue) } : []
            // Sage numbers its entries, too, but the reference is the one that came with them.
            let reference = field == .id && fields.contains([.distributions]) ? known.filter(isReference) : []
            let usual = own.count == 1 ? own : reference.isEmpty ? known : reference
            let found = answers.columns[field].map { isTitle($0) ? [$0] : [] } ?? usual
            if found.count > 1 { questions.append(.column(field, titles: found)) }
            if found.count == 1, answers.constants[field] == nil { profile.columns[field] = found[0] }
        }
        // Of a description and a note, the description is the line's.
        if isLedger, profile.columns[.description] != nil { profile.columns[.memo] = nil }
        // The two columns say it without a rule for signs.
        if isLedger, profile.columns[.debit] != nil, profile.columns[.credit] != nil { profile.columns[.amount] = nil }
        askForMissing(answers)
        let read = profile.columns.values
        unread = titles.filter { title in !title.isEmpty && !read.contains { ColumnTitle.isSame($0, title) } }
    }

    private mutating func askForMissing(_ answers: Answers) {
        let asked = Set(questions.compactMap { if case .column(let field, _) = $0 { field } else { nil } })
        for field in profile.missing where !asked.contains(field) {
            questions.append(field.mayBeConstant ? .constant(field) : .missing(field))
        }
        // What was said of a column that the file does not have is asked again.
        let missing = Set(profile.missing)
        for (field, title) in answers.columns where !isTitle(title) && !missing.contains(field) {
            questions.append(.missing(field))
        }
    }

    private func isTitle(_ text: String) -> Bool { titles.contains { ColumnTitle.isSame($0, text) } }

    /// Totals and the like: rows that begin with such a word and are of no day.
    private mutating func decidePassedRows() {
        let words = ["total", "subtotal", "sub-total", "grand total", "sum", "balance", "report total"]
        let dates = cells(of: .date)
        let firsts = zip(rows, dates ?? []).filter { DateOrder.possible($0.1).isEmpty }.compactMap { row, _ in
            row.first { !$0.isEmpty }
        }
        profile.passOver = words.filter { word in firsts.contains { PassedWord.begins($0, with: [word]) } }
    }

    private mutating func decideDates(_ answers: Answers) {
        profile.dateOrder = answers.dateOrder
        guard answers.dateOrder == nil, let cells = cells(of: .date)?.filter({ !$0.isEmpty }), !cells.isEmpty else {
            return
        }
        let readable = cells.map(DateOrder.possible).filter { !$0.isEmpty }
        let possible = readable.reduce(Set(DateOrder.allCases)) { $0.intersection($1) }
        let orders = DateOrder.allCases.filter(possible.contains)
        // 11/11/2026 is one day in both orders, but the table's next dates won't be.
        if orders.count > 1, let open = cells.first(where: { !DateOrder.isPlain($0) }) {
            questions.append(.dateOrder(example: open))
        } else {
            profile.dateOrder = orders.first ?? .yearFirst
        }
    }

    private mutating func decideAmounts(_ answers: Answers) {
        if let mark = answers.decimalMark { profile.decimalMark = mark }
        let cells = [ProfileField.amount, .debit, .credit].compactMap(cells).joined().filter { !$0.isEmpty }
        guard answers.decimalMark == nil, !cells.isEmpty else { return }
        let readable = cells.map(DecimalMark.possible).filter { !$0.isEmpty }
        let possible = readable.reduce(Set(DecimalMark.allCases)) { $0.intersection($1) }
        let differing = cells.first { cell in
            possible.count > 1 && DecimalMark.point.plain(cell) != DecimalMark.comma.plain(cell)
        }
        if let differing {
            questions.append(.decimalMark(example: differing))
        } else {
            profile.decimalMark = possible == [.comma] ? .comma : .point
        }
    }

    /// Whether the titles are those of Daybook's own CSV.
    private var isOwnForm: Bool { CSVColumn.required.allSatisfy { titles.map { $0.lowercased() }.contains($0.name) } }

    private func isReference(_ title: String) -> Bool {
        guard ColumnTitle.isSame(title, "Reference"), let place = titles.firstIndex(of: title) else { return false }
        return rows.allSatisfy { !$0[place].isEmpty }
    }

    private func cells(of field: ProfileField) -> [String]? {
        place(of: field).map { place in rows.map { $0[place] } }
    }

    private func place(of field: ProfileField) -> Int? {
        profile.columns[field].flatMap { ColumnTitle.place(of: $0, in: titles) }
    }
}

/// The titles under which shops write what Daybook reads.
enum FieldTitles {
    static func fields(of title: String) -> Set<ProfileField> {
        let plain = ColumnTitle.plain(title)
        return Set(
            ProfileField.allCases.filter {
                ColumnTitle.plain($0.rawValue) == plain || others[$0]?.contains(plain) == true
            })
    }

    private static let others: [ProfileField: Set<String>] = [
        .store: ["storeno", "storenumber", "location", "locationno", "branch", "shop", "yard"],
        .id: [
            "transactionid", "transaction", "transactionno", "transactionnumber", "invoice", "invoiceno",
            "invoicenumber",
            "number", "no", "num", "refno", "reference", "referencenumber", "journalno", "journalnumber", "documentno",
            "docnum",
        ],
        .revision: ["version"],
        .type: ["transactiontype", "transtype", "trxtype"],
        .date: ["transactiondate", "transdate", "invoicedate", "postingdate", "businessdate", "trxdate", "gldate"],
        .currency: ["currencycode"],
        .contract: ["contractno", "contractnumber", "contractid", "agreement", "rentalagreement"],
        .memo: ["note", "notes", "comment", "comments"],
        .customerID: ["customerno", "customernumber", "custno", "custid", "accountcustomerno"],
        .customerName: ["customer", "custname", "client", "clientname"],
        .line: ["linetype", "rowtype"],
        .kind: ["chargetype", "chargekind"],
        .category: ["itemcategory", "equipmentcategory"],
        .jurisdiction: ["taxjurisdiction", "taxcode", "taxauthority"],
        .tender: ["paymentmethod", "paymenttype", "tendertype", "method"],
        .brand: ["cardbrand", "cardtype"],
        .account: [
            "accountno", "accountnumber", "glaccount", "glaccountnumber", "glcode", "acct", "acctno",
        ],
        .amount: ["amt", "value", "lineamount", "netamount", "totalamount"],
        .description: ["desc", "itemdescription", "item", "text", "linememo"],
        .debit: ["debits", "debitamount", "dr"],
        .credit: ["credits", "creditamount", "cr"],
        .distributions: ["numberofdistributions"],
    ]
}
