// SPDX-License-Identifier: Apache-2.0

/// How one kind of table is read, such as the export of a shop's counter: decided once, and kept under a name.
package struct IntakeProfile: Hashable, Sendable, Codable {
    /// What a row of the table is.
    package enum Shape: String, Codable, Sendable, CaseIterable {
        /// One line of a transaction, as in Daybook's own CSV.
        case transactions
        /// One line of a general ledger: an account with a debit or a credit. Each balanced block is a journal.
        case ledger
        /// A line of QuickBooks Desktop's IIF: each block from TRNS to ENDTRNS is a journal.
        case iif
    }

    package var name: String
    package var shape: Shape
    package var encoding: TextEncoding
    package var separator: CellSeparator
    /// The title of the column that holds each field; the header is the first row that has them all.
    package var columns: [ProfileField: String]
    /// What a field is in every row of a table that has no column for it.
    package var constants: [ProfileField: String]
    /// All titles of the file that the profile was made from, by which another file is recognized.
    package var header: [String]
    /// The titles of a file that has no row of titles, by position; nil where it has one.
    package var titles: [String]?
    /// What a journal's number is made of.
    package var numbering: JournalNumbering
    /// Nil where the table's dates are YYYY-MM-DD.
    package var dateOrder: DateOrder?
    package var decimalMark: DecimalMark
    /// The beginnings, in small letters, of rows that are passed over, such as `total`.
    package var passOver: [String]
    /// Whether its transactions are taken beside what another source tells of the same store and day.
    package var isBeside = false

    private enum CodingKeys: String, CodingKey {
        case name, shape, encoding, separator, columns, constants, header, titles, numbering, dateOrder, decimalMark
        case passOver
        case isBeside = "beside"
    }

    /// Members that have a usual value may be left out.
    package init(from decoder: any Decoder) throws {
        let members = try decoder.container(keyedBy: CodingKeys.self)
        name = try members.decode(String.self, forKey: .name)
        shape = try members.decode(Shape.self, forKey: .shape)
        encoding = try members.decodeIfPresent(TextEncoding.self, forKey: .encoding) ?? .utf8
        separator = try members.decodeIfPresent(CellSeparator.self, forKey: .separator) ?? .comma
        columns = try members.decode([ProfileField: String].self, forKey: .columns)
        constants = try members.decodeIfPresent([ProfileField: String].self, forKey: .constants) ?? [:]
        header = try members.decodeIfPresent([String].self, forKey: .header) ?? []
        titles = try members.decodeIfPresent([String].self, forKey: .titles)
        numbering = try members.decodeIfPresent(JournalNumbering.self, forKey: .numbering) ?? .number
        dateOrder = try members.decodeIfPresent(DateOrder.self, forKey: .dateOrder)
        decimalMark = try members.decodeIfPresent(DecimalMark.self, forKey: .decimalMark) ?? .point
        passOver = try members.decodeIfPresent([String].self, forKey: .passOver) ?? []
        isBeside = try members.decodeIfPresent(Bool.self, forKey: .isBeside) ?? false
    }

    package init(
        name: String, shape: Shape, encoding: TextEncoding = .utf8, separator: CellSeparator = .comma,
        columns: [ProfileField: String], constants: [ProfileField: String] = [:], header: [String] = [],
        titles: [String]? = nil,
        numbering: JournalNumbering = .number, dateOrder: DateOrder? = nil,
        decimalMark: DecimalMark = .point, passOver: [String] = []
    ) {
        self.name = name
        self.shape = shape
        self.encoding = encoding
        self.separator = separator
        self.columns = columns
        self.constants = constants
        self.header = header
        self.titles = titles
        self.numbering = numbering
        self.dateOrder = dateOrder
        self.decimalMark = decimalMark
        self.passOver = passOver
    }

    /// How a file of this kind is read.
    package var format: IntakeFile.Format { shape == .iif ? .iif : .csv }

    /// The fields without which a table of this shape can't be read, and that it does not have.
    package var missing: [ProfileField] {
        shape.required.filter { columns[$0] == nil && constants[$0] == nil && !isNamed($0) } + missingAmounts
    }

    /// Why no file can be read by it, as a sentence; nil for one by which files are read.
    package var problem: String? {
        guard (1...60).contains(name.count), ControlCharacters.first(in: name) == nil else {
            return "A profile's name has 1 to 60 characters, and no control characters."
        }
        guard missing.isEmpty else {
            return """
                The profile “\(name)” has neither a column nor a constant for \
                \(missing.map(\.rawValue).joined(separator: ", ")); add them.
                """
        }
        if let store = constants[.store], Int(digits: store).flatMap(StoreNumber.init) == nil {
            return "The store of the profile “\(name)” is “\(store)”; write a whole number from 1 to 9999."
        }
        if let source = constants[.source], !(1...40).contains(source.count) {
            return "The source of the profile “\(name)” has more than 40 characters, or none."
        }
        if let titles = titles ?? (header.isEmpty ? nil : header),
            let lost = columns.values.first(where: { title in
                !titles.contains { ColumnTitle.isSame($0, title) }
            })
        {
            return "The profile “\(name)” reads a column “\(lost)”, which is not among its titles."
        }
        return nil
    }

    /// Whether a ledger has an account's name in place of its number.
    private func isNamed(_ field: ProfileField) -> Bool {
        field == .account && shape != .transactions && columns[.accountName] != nil
    }

    private var missingAmounts: [ProfileField] {
        guard shape != .transactions, columns[.amount] == nil else { return [] }
        return [.debit, .credit].filter { columns[$0] == nil }
    }
}

extension IntakeProfile.Shape {
    var required: [ProfileField] {
        switch self {
        case .transactions: [.source, .store, .id, .type, .date, .line, .amount]
        case .ledger, .iif: [.source, .store, .date, .account]
        }
    }
}

/// What the number of a general ledger's journal is made of, under which a file that comes again is a repeat.
package enum JournalNumbering: String, Codable, Sendable, CaseIterable {
    /// The number in the file.
    case number
    /// The day and the number in the file, where numbers begin anew each day.
    case dayAndNumber = "day-and-number"
    /// The day: all lines of a store and day are one journal.
    case day
    /// The day and the kind of transaction; of IIF.
    case dayAndType = "day-and-type"
    /// The day and the place among the day's journals, where a file always has whole days; of IIF.
    case dayAndPlace = "day-and-place"
}

/// What a cell of a table says.
package enum ProfileField: String, Codable, CodingKeyRepresentable, Sendable, CaseIterable {
    case source, store, id, revision, type, date, currency, contract, memo
    case customerID = "customer_id"
    case customerName = "customer_name"
    case customerAccount = "customer_account"
    case line, kind, category, jurisdiction, tender, brand, side, account, role, amount, description
    case accountName = "account_name"
    /// Of a general ledger, in place of side and amount.
    case debit, credit
    /// Of a general ledger: how many lines the row's journal has.
    case distributions

    /// Whether it may be the same in every row; what tells one transaction from another may not.
    var mayBeConstant: Bool { [.source, .store, .type, .line, .currency].contains(self) }

    /// What a general ledger's rows are read for; other columns are of the system that wrote it.
    static let ofLedger: Set<ProfileField> = [
        .source, .store, .id, .date, .currency, .account, .accountName, .side, .amount, .debit, .credit, .distributions,
        .description, .memo,
    ]

    /// Nil for what only a general ledger has.
    var column: CSVColumn? { CSVColumn.allCases.first { $0.name == rawValue } }
}

/// What stands between two cells.
package enum CellSeparator: String, Codable, Sendable, CaseIterable {
    case comma, semicolon, tab, pipe

    var byte: UInt8 {
        switch self {
        case .comma: UInt8(ascii: ",")
        case .semicolon: UInt8(ascii: ";")
        case .tab: 9
        case .pipe: UInt8(ascii: "|")
        }
    }
}
