// SPDX-License-Identifier: Apache-2.0
package import Daybook
package import Foundation

extension RelationalStorage {
    package func hasPeople() async throws -> Bool { try await read { try $0.hasPeople() } }

    package func people() async throws -> [Person] {
        try await read { sql in
            var people = try sql.rows("SELECT \(PersonRecord.columns) FROM people p ORDER BY p.name_key", [])
                .reading(PersonRecord.read)
            let roles = try sql.rows("SELECT \(RoleRecord.columns) FROM person_roles", []).reading(RoleRecord.read)
            let byPerson = Dictionary(grouping: roles, by: \.person)
            for index in people.indices {
                people[index].roles = Set((byPerson[people[index].id] ?? []).map(\.role))
            }
            return people
        }
    }

    package func account(named name: PersonName) async throws -> PersonAccount? {
        let reading = PeopleReading(sealer: sealer)
        return try await read { try reading.account("p.name_key = $1", .text(name.key), $0) }
    }

    package func account(of person: Person.ID) async throws -> PersonAccount? {
        let reading = PeopleReading(sealer: sealer)
        return try await read { try reading.account(person, $0) }
    }

    package func link(_ digest: SecretDigest, at: Date) async throws -> OneTimeLink? {
        try await read { try $0.link(digest, at: at) }
    }
}

/// Reads accounts, the seeds of authenticator apps unsealed.
struct PeopleReading {
    let sealer: Sealer

    func account(_ person: Person.ID, _ sql: any SQLConnection) throws -> PersonAccount? {
        try account("p.id = $1", .integer(person.value), sql)
    }

    func account(_ condition: String, _ value: SQLValue, _ sql: any SQLConnection) throws -> PersonAccount? {
        let found = try sql.row(
            "SELECT \(PersonRecord.columns), \(ProofsRecord.columns) FROM people p WHERE \(condition)", [value])
        guard var row = found else { return nil }
        var person = try PersonRecord.read(&row)
        person.roles = try sql.roles(of: person.id)
        let (password, authenticator) = try ProofsRecord(sealer: sealer).read(&row, of: person.id)
        return PersonAccount(
            person: person, password: password, authenticator: authenticator,
            recoveryCodes: try sql.recoveryCodes(of: person.id))
    }
}

extension SQLConnection {
    func hasPeople() throws -> Bool { try row("SELECT 1 FROM people LIMIT 1") != nil }

    func roles(of person: Person.ID) throws -> Set<RoleAssignment> {
        let rows = try rows(
            "SELECT \(RoleRecord.columns) FROM person_roles WHERE person_id = $1", [.integer(person.value)])
        return Set(try rows.reading(RoleRecord.read).map(\.role))
    }

    /// In the order in which they were made.
    fileprivate func recoveryCodes(of person: Person.ID) throws -> [SecretDigest] {
        try rows(
            "SELECT digest FROM recovery_codes WHERE person_id = $1 ORDER BY position", [.integer(person.value)]
        ).reading { SecretDigest(bytes: try $0.bytes()) }
    }

    /// A link that is good: not run out, and not of somebody who may not sign in.
    func link(_ digest: SecretDigest, at: Date) throws -> OneTimeLink? {
        let found = try row(
            """
            SELECT \(LinkRecord.columns) FROM one_time_links l LEFT JOIN people p ON p.id = l.person_id
            WHERE l.digest = $1 AND l.expires_at > $2 AND (l.person_id IS NULL OR p.is_enabled = 1)
            """, [.bytes(digest.bytes), .time(at)])
        guard var row = found else { return nil }
        return try LinkRecord.read(&row)
    }
}
