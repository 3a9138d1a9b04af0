// SPDX-License-Identifier: Apache-2.0
import Daybook
import Foundation

/// A person in columns; the roles are rows of their own.
struct PersonRecord {
    /// Queries name the table `p`.
    static let columns = "p.id, p.name, p.is_enabled, p.authenticator_step, p.created_at, p.last_sign_in_at"

    static func read(_ row: inout SQLRow) throws -> Person {
        let id = Person.ID(try row.integer())
        let text = try row.text()
        guard let name = PersonName(text) else { throw row.unreadable("“\(text)” is not a name") }
        let isEnabled = try row.flag()
        let hasAuthenticator = try row.optionalInteger() != nil
        return Person(
            id: id, name: name, roles: [], isEnabled: isEnabled, hasAuthenticator: hasAuthenticator,
            createdAt: try row.time(), lastSignInAt: try row.optionalTime())
    }
}

/// What proves who somebody is, in columns; the seed of the authenticator app is sealed.
struct ProofsRecord {
    static let columns = "p.password_hash, p.authenticator_seed, p.authenticator_step, p.authenticator_offset"

    let sealer: Sealer

    func read(_ row: inout SQLRow, of person: Person.ID) throws -> (PasswordHash?, Authenticator?) {
        let hash = try row.optionalText().map(PasswordHash.init(text:))
        guard let sealed = try row.optionalBytes() else { return (hash, nil) }
        let seed = try sealer.openSecret(sealed, in: Self.context(person))
        return (hash, Authenticator(seed: seed, lastStep: try row.integer(), offset: try row.integer()))
    }

    /// Hash, sealed seed, step and offset.
    func values(_ account: PersonAccount, of person: Person.ID) throws -> [SQLValue] {
        [
            .optional(account.password?.text),
            try account.authenticator.map { .bytes(try sealer.seal($0.seed, in: Self.context(person))) } ?? .null,
            account.authenticator.map { .integer($0.lastStep) } ?? .null,
            .integer(account.authenticator?.offset ?? 0),
        ]
    }

    static func context(_ person: Person.ID) -> SealContext {
        SealContext(table: "people", row: String(person.value), column: "authenticator_seed")
    }
}

/// A role at a place in columns.
enum RoleRecord {
    static let columns = "person_id, role, connection_id, store"

    /// As the audit trail tells it: “administrator; clerk at store 3 of connection 1”.
    static func text(of roles: Set<RoleAssignment>) -> String {
        let texts = roles.map { role in
            let store = role.store.map { " at store \($0)" } ?? ""
            return role.role.rawValue + store + (role.company.map { " of connection \($0.value)" } ?? "")
        }
        return texts.isEmpty ? "none" : texts.sorted().joined(separator: "; ")
    }

    static func read(_ row: inout SQLRow) throws -> (person: Person.ID, role: RoleAssignment) {
        let person = Person.ID(try row.integer())
        let role = try row.word(Role.self)
        let company = try row.optionalInteger().map { Connection.ID($0) }
        guard let number = try row.optionalInteger() else { return (person, RoleAssignment(role, company: company)) }
        guard let store = StoreNumber(Int(number)) else { throw row.unreadable("\(number) is not a store number") }
        return (person, RoleAssignment(role, company: company, store: store))
    }

    static func values(_ role: RoleAssignment, of person: Person.ID) -> [SQLValue] {
        [
            .integer(person.value), .text(role.role.rawValue), role.company.map { .integer($0.value) } ?? .null,
            role.store.map { .int($0.value) } ?? .null,
        ]
    }
}
