// SPDX-License-Identifier: Apache-2.0
import Daybook

/// The filter of the queue, but for its search, as a condition on `e`.
struct ExportFilterSQL {
    enum Column: CaseIterable {
        case store, connection, state
    }

    private(set) var conditions: [String] = []
    private(set) var values: [SQLValue] = []

    init(_ filter: ExportFilter, columns: [Column] = Column.allCases) {
        if let store = filter.store, columns.contains(.store) { add("e.store = $", .int(store.value)) }
        if let connection = filter.connection, columns.contains(.connection) {
            add("e.connection_id = $", .integer(connection.value))
        }
        if let state = filter.state, columns.contains(.state) { add("e.state = $", .text(state.rawValue)) }
    }

    init(conditions: [String], values: [SQLValue]) {
        self.conditions = conditions
        self.values = values
    }

    /// A WHERE clause, empty when nothing narrows.
    var clause: String { conditions.isEmpty ? "" : "WHERE " + conditions.joined(separator: " AND ") }

    /// Adds a condition, in which each bare `$` is the value.
    mutating func add(_ condition: String, _ value: SQLValue) {
        values.append(value)
        conditions.append(condition.replacing("$", with: "$\(values.count)"))
    }
}
