// SPDX-License-Identifier: Apache-2.0

/// A column of the CSV form.
enum CSVColumn: Int, CaseIterable {
    case source, store, id, revision, type, date, currency, contract, memo, customerID, customerName, customerAccount
    case line, kind, category, jurisdiction, tender, brand, side, account, accountName, role, amount, description

    /// As the header writes it.
    var name: String { Self.names[rawValue] }

    /// Of the JSON form.
    var memberName: String { self == .accountName ? "accountName" : name }

    private static let names = allCases.map { column in
        switch column {
        case .customerID: "customer_id"
        case .customerName: "customer_name"
        case .customerAccount: "customer_account"
        case .accountName: "account_name"
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

    /// Whether a row has the titles again, as in a file that was appended to another one.
    func isHeader(_ row: CSVRow) -> Bool {
        row.count == count
            && names.indices.allSatisfy { place in
                let cell = FieldText.trimmedCell(row[place]) ?? []
                guard cell.count == names[place].utf8.count else { return false }
                return String(decoding: cell, as: UTF8.self).lowercased() == names[place].lowercased()
            }
    }

    /// Whether a row with too few or too many cells names its transaction all the same: its type is one, and stands behind
    /// the key, so that what stands before it has not shifted.
    func tellsPlace(_ record: CSVRecord) -> Bool {
        guard let type = self[.type], CounterEvent.Kind(rawValue: record.text(.type)) != nil else { return false }
        return CSVColumn.key.allSatisfy { self[$0].map { $0 < type } ?? ($0 == .revision) }
    }

    subscript(column: CSVColumn) -> Int? { places[column.rawValue] }
}
