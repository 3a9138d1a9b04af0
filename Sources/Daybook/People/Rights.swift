// SPDX-License-Identifier: Apache-2.0

/// A role at a place: at every store, or at one store, of one company or of all.
package struct RoleAssignment: Hashable, Sendable {
    package let role: Role
    /// Nil for every company.
    package let company: Connection.ID?
    /// Nil for every store.
    package let store: StoreNumber?

    package init(_ role: Role, company: Connection.ID? = nil, store: StoreNumber? = nil) {
        self.role = role
        self.company = company
        self.store = store
    }

    package var isEverywhere: Bool { company == nil && store == nil }

    package func covers(_ connection: Connection.ID, _ store: StoreNumber) -> Bool {
        (company == nil || company == connection) && (self.store == nil || self.store == store)
    }
}

/// What a person or a key may do, and where.
///
/// Without an assignment, that is nothing.
package struct Rights: Hashable, Sendable {
    package let assignments: Set<RoleAssignment>
    /// What a key is narrowed to, whatever its role; nil for all that the role may.
    package let onlyVerbs: Set<Desk.Verb>?

    package init(_ assignments: Set<RoleAssignment>, onlyVerbs: Set<Desk.Verb>? = nil) {
        self.assignments = assignments
        self.onlyVerbs = onlyVerbs
    }

    package static let none = Rights([])

    /// Whether a verb may be used anywhere at all.
    package func allows(_ verb: Desk.Verb) -> Bool {
        isNamed(verb) && assignments.contains { $0.role >= verb.leastRole && ($0.isEverywhere || verb.hasPlace) }
    }

    /// Whether a verb may be used on what belongs to a company and a store.
    package func allows(_ verb: Desk.Verb, at connection: Connection.ID, _ store: StoreNumber) -> Bool {
        isNamed(verb) && assignments.contains { $0.role >= verb.leastRole && $0.covers(connection, store) }
    }

    /// Where a verb may be used; nil for everywhere.
    package func places(for verb: Desk.Verb) -> Set<RoleAssignment>? {
        let allowing: Set<RoleAssignment> = isNamed(verb) ? assignments.filter { $0.role >= verb.leastRole } : []
        return allowing.contains(where: \.isEverywhere) ? nil : allowing
    }

    /// The greatest role at any place.
    package var greatestRole: Role? { assignments.map(\.role).max() }

    private func isNamed(_ verb: Desk.Verb) -> Bool { onlyVerbs?.contains(verb) ?? true }
}
