// SPDX-License-Identifier: Apache-2.0
package import Daybook
package import Foundation

extension RelationalStorage {
    package func invite(
        _ name: PersonName, roles: Set<RoleAssignment>, link: SecretDigest, expiresAt: Date, at: Date
    ) async throws -> Person {
        try await write { sql in
            let person = try sql.addPerson(name, roles: roles, at: at)
            try sql.keep(
                OneTimeLink(purpose: .invitation(person.id), digest: link, madeAt: at, expiresAt: expiresAt))
            sql.audit(AuditChange(person.object, to: RoleRecord.text(of: person.roles)))
            return person
        }
    }

    package func change(
        _ person: Person.ID, keeping kept: SecretDigest?, at: Date,
        _ change: @escaping @Sendable (inout PersonAccount) -> Void
    ) async throws -> PersonAccount {
        let keeping = PeopleKeeping(sealer: sealer)
        return try await write { sql in
            guard let before = try keeping.reading.account(person, sql) else { throw PersonMissing() }
            var after = before
            change(&after)
            after.person.hasAuthenticator = after.authenticator != nil
            guard after != before else { return before }
            let hadAdministrator = try sql.hasAdministrator()
            try keeping.write(after, instead: before, sql)
            for change in AccountAudit(before: before, after: after).changes { sql.audit(change) }
            if hadAdministrator, try !sql.hasAdministrator() { throw LastAdministrator() }
            try sql.endWhatEnds(with: after, instead: before, keeping: kept)
            return after
        }
    }

    package func strengthen(_ hash: PasswordHash, of person: Person.ID, insteadOf known: PasswordHash) async throws {
        _ = try await write { sql in
            try sql.run(
                "UPDATE people SET password_hash = $1 WHERE id = $2 AND password_hash = $3",
                [.text(hash.text), .integer(person.value), .text(known.text)])
        }
    }

    package func keep(_ link: OneTimeLink) async throws {
        try await write { sql in
            try sql.keep(link)
            sql.audit(AuditChange(link.purpose.object, to: "a link for a password"))
        }
    }

    package func use(_ digest: SecretDigest, name: PersonName?, password: PasswordHash, at: Date) async throws
        -> PersonAccount
    {
        let keeping = PeopleKeeping(sealer: sealer)
        return try await write { sql in
            guard let link = try sql.link(digest, at: at) else { throw LinkSpent() }
            try sql.run("DELETE FROM one_time_links WHERE digest = $1", [.bytes(digest.bytes)])
            let person: Person.ID
            switch link.purpose {
            case .firstAdministrator:
                guard let name, try !sql.hasPeople() else { throw LinkSpent() }
                person = try sql.addPerson(name, roles: [RoleAssignment(.administrator)], at: at).id
            case .invitation(let invited), .passwordReset(let invited):
                person = invited
            }
            let account = try keeping.choose(password, of: person, sql)
            sql.audit(AuditChange(account.person.object, to: "has chosen a password"))
            return account
        }
    }
}

/// What an auditor wants to know of a change to an account: never a password, a seed or a code.
private struct AccountAudit {
    let before: PersonAccount
    let after: PersonAccount

    var changes: [AuditChange] {
        let known = [
            change("name", \.person.name.text),
            change("roles") { RoleRecord.text(of: $0.person.roles) },
            change("sign-in") { $0.person.isEnabled ? "let in" : "kept out" },
            change("authenticator app") { $0.authenticator == nil ? "none" : "set up" },
            secret("password", \.password),
            secret("authenticator app", \.authenticator?.seed),
            secret("recovery codes", \.recoveryCodes),
        ]
        return known.compactMap(\.self)
    }

    private func change(_ what: String, _ text: (PersonAccount) -> String) -> AuditChange? {
        let (old, new) = (text(before), text(after))
        return old == new ? nil : AuditChange("\(before.person.object), \(what)", from: old, to: new)
    }

    private func secret<Value: Equatable>(_ what: String, _ value: (PersonAccount) -> Value) -> AuditChange? {
        value(before) == value(after) ? nil : AuditChange("\(before.person.object), \(what)", to: "changed")
    }
}

extension Person {
    /// As the audit trail names the person.
    fileprivate var object: String { "person \(id.value) (\(name))" }
}

extension OneTimeLink.Purpose {
    fileprivate var object: String {
        switch self {
        case .firstAdministrator: "the first administrator"
        case .invitation(let person), .passwordReset(let person): "person \(person.value)"
        }
    }
}

/// Writes accounts.
struct PeopleKeeping {
    let sealer: Sealer

    var reading: PeopleReading { PeopleReading(sealer: sealer) }

    /// - Throws: ``NameTaken``; ``CompanyMissing``.
    func write(_ after: PersonAccount, instead before: PersonAccount, _ sql: any SQLConnection) throws {
        let (id, name) = (before.person.id, after.person.name)
        if name != before.person.name { try sql.checkFree(name) }
        try sql.run(
            """
            UPDATE people SET name = $1, name_key = $2, is_enabled = $3, password_hash = $4, authenticator_seed = $5,
                authenticator_step = $6, authenticator_offset = $7
            WHERE id = $8
            """,
            [.text(name.text), .text(name.key), .flag(after.person.isEnabled)]
                + ProofsRecord(sealer: sealer).values(after, of: id) + [.integer(id.value)])
        if after.person.roles != before.person.roles { try sql.setRoles(of: id, to: after.person.roles) }
        if after.recoveryCodes != before.recoveryCodes { try sql.setRecoveryCodes(of: id, to: after.recoveryCodes) }
    }

    /// The password of a link that was used; the person's sessions and other links end.
    func choose(_ password: PasswordHash, of person: Person.ID, _ sql: any SQLConnection) throws -> PersonAccount {
        try sql.run(
            "UPDATE people SET password_hash = $1 WHERE id = $2", [.text(password.text), .integer(person.value)])
        try sql.endSessions(of: person)
        try sql.endLinks(of: person)
        guard let account = try reading.account(person, sql) else { throw LinkSpent() }
        return account
    }
}

extension SQLConnection {
    /// - Throws: ``NameTaken``; ``CompanyMissing``.
    fileprivate func addPerson(_ name: PersonName, roles: Set<RoleAssignment>, at: Date) throws -> Person {
        try checkFree(name)
        // A sealed seed belongs to its row. Rows are never deleted.
        var next = try row("SELECT COALESCE(max(id), 0) + 1 FROM people")
        let id = Person.ID(try next?.integer() ?? 1)
        try run(
            "INSERT INTO people (id, name, name_key, is_enabled, created_at) VALUES ($1, $2, $3, 1, $4)",
            [.integer(id.value), .text(name.text), .text(name.key), .time(at)])
        try setRoles(of: id, to: roles)
        return Person(
            id: id, name: name, roles: roles, isEnabled: true, hasAuthenticator: false, createdAt: at,
            lastSignInAt: nil)
    }

    fileprivate func checkFree(_ name: PersonName) throws {
        guard var row = try row("SELECT name FROM people WHERE name_key = $1", [.text(name.key)]) else { return }
        throw NameTaken(name: try row.text())
    }

    fileprivate func setRoles(of person: Person.ID, to roles: Set<RoleAssignment>) throws {
        for company in Set(roles.compactMap(\.company)) {
            let isThere = try row("SELECT 1 FROM connections WHERE id = $1", [.integer(company.value)]) != nil
            guard isThere else { throw CompanyMissing(company: company) }
        }
        try run("DELETE FROM person_roles WHERE person_id = $1", [.integer(person.value)])
        try insert(
            roles.map { RoleRecord.values($0, of: person) }, into: "person_roles (\(RoleRecord.columns))")
    }

    fileprivate func setRecoveryCodes(of person: Person.ID, to codes: [SecretDigest]) throws {
        try run("DELETE FROM recovery_codes WHERE person_id = $1", [.integer(person.value)])
        try insert(
            codes.enumerated().map { [.integer(person.value), .int($0.offset), .bytes($0.element.bytes)] },
            into: "recovery_codes (person_id, position, digest)")
    }

    /// Whether somebody who may sign in, and has a password to do so, is an administrator everywhere.
    fileprivate func hasAdministrator() throws -> Bool {
        try row(
            """
            SELECT 1 FROM person_roles r JOIN people p ON p.id = r.person_id
            WHERE r.role = 'administrator' AND r.connection_id IS NULL AND r.store IS NULL
                AND p.is_enabled = 1 AND p.password_hash IS NOT NULL
            LIMIT 1
            """) != nil
    }

    fileprivate func endWhatEnds(
        with after: PersonAccount, instead before: PersonAccount, keeping kept: SecretDigest?
    ) throws {
        let person = before.person.id
        guard after.person.isEnabled else {
            try endSessions(of: person)
            return try endLinks(of: person)
        }
        let hasOtherPassword = after.password != before.password
        // A code that was accepted changes the step alone; that ends nothing.
        if hasOtherPassword || after.authenticator?.seed != before.authenticator?.seed {
            try endSessions(of: person, keeping: kept)
        }
        if hasOtherPassword { try endLinks(of: person) }
    }

    fileprivate func keep(_ link: OneTimeLink) throws {
        try run("DELETE FROM one_time_links WHERE expires_at <= $1", [.time(link.madeAt)])
        switch link.purpose {
        case .firstAdministrator: try run("DELETE FROM one_time_links WHERE person_id IS NULL", [])
        case .invitation(let person), .passwordReset(let person): try endLinks(of: person)
        }
        try run(
            """
            INSERT INTO one_time_links (purpose, person_id, digest, made_at, expires_at) VALUES ($1, $2, $3, $4, $5)
            """, LinkRecord.values(link))
    }

    fileprivate func endLinks(of person: Person.ID) throws {
        try run("DELETE FROM one_time_links WHERE person_id = $1", [.integer(person.value)])
    }

    fileprivate func endSessions(of person: Person.ID, keeping kept: SecretDigest? = nil) throws {
        // A digest is never empty, so an empty one keeps no session.
        try run(
            "DELETE FROM sessions WHERE person_id = $1 AND digest <> $2",
            [.integer(person.value), .bytes(kept?.bytes ?? [])])
    }
}
