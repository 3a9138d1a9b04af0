// SPDX-License-Identifier: Apache-2.0

/// How one kind of table is read, such as the export of a shop's counter: decided once, and kept under a name.
package struct IntakeProfile: Hashable, Sendable, Codable {
    /// What a row of the table is.
    package enum Shape: String, Codable, Sendable, CaseIterable {
        /// One line of a transaction, as in Daybook's own CSV.
        case transactions
        /// One line of a general ledger: an account with a debit or a credit. Each balanced block is a journal.
        case ledger
    }

    package var name: String
    package var shape: Shape
    package var encoding: TextEncoding
    package var separator: CellSeparator
    /// The title of the column that holds each field; the header is the first row that has them all.
    package var columns: [ProfileField: String]
    /// What a field is in every row of a table that has no column for it.
    package var constants: [ProfileField: String]
    /// Nil where the table's dates are YYYY-MM-DD.
    package var dateOrder: DateOrder?
    package var decimalMark: DecimalMark
    /// The beginnings, in small letters, of rows that are passed over, such as `total`.
    package var passOver: [String]

    package init(
        name: String, shape: Shape, encoding: TextEncoding = .utf8, separator: CellSeparator = .comma,
        columns: [ProfileField: String], constants: [ProfileField: String] = [:], dateOrder: DateOrder? = nil,
        decimalMark: DecimalMark = .point, passOver: [String] = []
    ) {
        self.name = name
        self.shape = shape
        self.encoding = encoding
        self.separator = separator
        self.columns = columns
        self.constants = constants
        self.dateOrder = dateOrder
        self.decimalMark = decimalMark
        self.passOver = passOver
    }

    /// The fields without which a table of this shape can't be read, and that it does not have.
    package var missing: [ProfileField] {
        shape.required.filter { columns[$0] == nil && constants[$0] == nil } + missingAmounts
    }

    private var missingAmounts: [ProfileField] {
        guard shape == .ledger, columns[.amount] == nil else { return [] }
        return [.debit, .credit].filter { columns[$0] == nil }
    }
}

extension IntakeProfile.Shape {
    var required: [ProfileField] {
        switch self {
        case .transactions: [.source, .store, .id, .type, .date, .line, .amount]
        case .ledger: [.source, .store, .date, .account]
        }
    }
}

/// What a cell of a table says.
package enum ProfileField: String, Codable, CodingKeyRepresentable, Sendable, CaseIterable {
    case source, store, id, revision, type, date, currency, contract, memo
    case customerID = "customer_id"
    case customerName = "customer_name"
    case customerAccount = "customer_account"
    case line, kind, category, jurisdiction, tender, brand, side, account, role, amount, description
    /// Of a general ledger, in place of side and amount.
    case debit, credit

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
