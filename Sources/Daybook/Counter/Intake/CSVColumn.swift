// SPDX-License-Identifier: Apache-2.0

/// A column of the CSV form.
enum CSVColumn: Int, CaseIterable {
    case source, store, id, revision, type, date, currency, contract, memo, customerID, customerName, customerAccount
    case line, kind, category, jurisdiction, tender, brand, side, account, role, amount, description

    /// As the header writes it.
    var name: String { Self.names[rawValue] }

    private static let names = allCases.map { column in
        switch column {
        case .customerID: "customer_id"
        case .customerName: "customer_name"
        case .customerAccount: "customer_account"
        default: "\(column)"
        }
    }

    /// The columns about a transaction as a whole; all its rows agree in them.
    static let ofTransaction = Array(allCases[..<CSVColumn.line.rawValue])
    /// The columns about one of its lines, after the column that says what kind of line it is.
    static let ofLine = Array(allCases[(CSVColumn.line.rawValue + 1)...])
    /// The columns that tell which rows belong to one transaction.
    static let key: [CSVColumn] = [.source, .store, .id, .revision]
    /// All columns but those of the key.
    static let ofContent = allCases.filter { !key.contains($0) }
    static let required: [CSVColumn] = [.source, .store, .id, .type, .date, .line, .amount]
}

/// The position of each column in a file.
struct CSVColumns {
    let names: [String]
    private let places: [Int?]

    init(_ names: [String]) {
        self.names = names
        places = CSVColumn.allCases.map { names.firstIndex(of: $0.name) }
    }

    var count: Int { names.count }

    subscript(column: CSVColumn) -> Int? { places[column.rawValue] }
}
