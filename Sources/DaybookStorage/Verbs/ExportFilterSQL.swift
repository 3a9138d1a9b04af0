// SPDX-License-Identifier: Apache-2.0
import Daybook

/// The filter of the queue as a condition on `e`.
struct ExportFilterSQL {
    private var conditions: [String] = []
    private var values: [SQLValue] = []

    init(_ filter: ExportFilter) {
        if let store = filter.store { add("e.store = $", .int(store.value)) }
        if let connection = filter.connection { add("e.connection_id = $", .integer(connection.value)) }
        if let search = filter.search?.lowercased(), !search.isEmpty {
            let escaped = search.replacing("\\", with: "\\\\").replacing("%", with: "\\%").replacing("_", with: "\\_")
            add(
                """
                (lower(e.document_number) LIKE $ ESCAPE '\\' OR e.serial IN (
                    SELECT l.export_serial FROM transactions t
                    JOIN entry_lines l ON l.transaction_serial = t.serial
                    WHERE t.search LIKE $ ESCAPE '\\'))
                """, .text("%\(escaped)%"))
        }
    }

    /// - Returns: A WHERE clause, empty when nothing narrows, and its values.
    func condition(state: ExportState.Name?) -> (String, [SQLValue]) {
        var all = self
        if let state { all.add("e.state = $", .text(state.rawValue)) }
        return (all.conditions.isEmpty ? "" : "WHERE " + all.conditions.joined(separator: " AND "), all.values)
    }

    /// A bare `$` in the condition is this value, wherever it stands.
    private mutating func add(_ condition: String, _ value: SQLValue) {
        values.append(value)
        conditions.append(condition.replacing("$", with: "$\(values.count)"))
    }
}
