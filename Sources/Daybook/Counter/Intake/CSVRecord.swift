// SPDX-License-Identifier: Apache-2.0
import Foundation

/// One row of a CSV file by its column names; empty cells are absent.
struct CSVRecord {
    let line: Int
    private let cells: [String: String]

    init(_ row: CSVTable.Row, _ columns: [String]) {
        line = row.line
        cells = Dictionary(
            zip(columns, row.cells.map { $0.trimmingCharacters(in: .whitespaces) }).filter { !$0.1.isEmpty },
            uniquingKeysWith: { first, _ in first })
    }

    subscript(column: String) -> String? { cells[column] }

    /// The transaction's own members, as the JSON form has them.
    var header: [String: JSONTree] {
        var members: [String: JSONTree] = [:]
        for column in TransactionCSV.headerColumns where !column.hasPrefix("customer_") {
            members[column] = self[column].map(JSONTree.string)
        }
        let customer = ["id", "name", "account"].compactMap { part in
            self["customer_\(part)"].map { (part, JSONTree.string($0)) }
        }
        if !customer.isEmpty { members["customer"] = .object(Dictionary(uniqueKeysWithValues: customer)) }
        return members
    }

    /// One line of a list, with every cell that is filled: one that doesn't belong there is refused by name.
    var list: JSONTree {
        var members: [String: JSONTree] = [:]
        for column in TransactionCSV.lineColumns where column != "line" {
            guard let cell = self[column] else { continue }
            members[column] = .string(cell)
        }
        return .object(members)
    }
}
