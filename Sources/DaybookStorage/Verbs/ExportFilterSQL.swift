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
        if let places = filter.places { add(places) }
    }

    init(conditions: [String], values: [SQLValue]) {
        self.conditions = conditions
        self.values = values
    }

    private mutating func add(_ places: Set<RoleAssignment>) {
        guard !places.contains(where: \.isEverywhere) else { return }
        // In order, so that an engine prepares one statement for the same places.
        let ordered = places.sorted { one, other in
            (one.company?.value ?? 0, one.store?.value ?? 0) < (other.company?.value ?? 0, other.store?.value ?? 0)
        }
        let alternatives = ordered.map { place in
            [
                place.company.map { parameter("e.connection_id = $", .integer($0.value)) },
                place.store.map { parameter("e.store = $", .int($0.value)) },
            ].compactMap(\.self).joined(separator: " AND ")
        }
        conditions.append(alternatives.isEmpty ? "1 = 0" : "(" + alternatives.joined(separator: " OR ") + ")")
    }

    private mutating func parameter(_ condition: String, _ value: SQLValue) -> String {
        values.append(value)
        return condition.replacing("$", with: "$\(values.count)")
    }

    /// A WHERE clause, empty when nothing narrows.
    var clause: String { conditions.isEmpty ? "" : "WHERE " + conditions.joined(separator: " AND ") }

    /// Adds a condition, in which each bare `$` is the value.
    mutating func add(_ condition: String, _ value: SQLValue) {
        let numbered = parameter(condition, value)
        conditions.append(numbered)
    }
}
