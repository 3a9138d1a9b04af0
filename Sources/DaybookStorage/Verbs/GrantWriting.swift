// SPDX-License-Identifier: Apache-2.0
package import Daybook
package import Foundation

extension RelationalStorage {
    package func install(
        _ grant: Grant, company: Company, app: App, on connection: Connection.ID, by actor: Actor, at: Date,
        intuitTID: String?
    ) async throws {
        let writing = GrantWriting(sealer: sealer, connection: connection)
        let note = ConnectionNote(
            .connected, at: at, text: "Connected to \(company.name).", by: actor, intuitTID: intuitTID)
        try await write { sql in
            let keeping = AppKeeping(sealer: writing.sealer)
            let number = try writing.companies.number(of: company.realmID, sql)
            try writing.refuseTaken(number, app, sql)
            let id = try keeping.save(app, sql)
            try writing.name(company, number, app: id, app.environment, sql)
            try writing.store(grant, realm: company.realmID, sql)
            try writing.clearTrouble(sql) { _ in true }
            try sql.run("DELETE FROM proposals WHERE connection_id = $1", [.integer(connection.value)])
            try writing.companies.forgetUnused(sql)
            try sql.note(note, on: connection)
        }
    }

    package func rotate(
        _ connection: Connection.ID, from generation: Int64, to grant: Grant, note: ConnectionNote
    ) async throws -> Bool {
        let writing = GrantWriting(sealer: sealer, connection: connection)
        return try await write { sql in
            guard let realm = try writing.realm(ifGeneration: generation, sql) else { return false }
            try writing.store(grant, realm: realm, sql)
            // A dead grant is not refreshed: if it is replaced here, the journal had a newer one.
            try writing.clearTrouble(sql) { $0.isEnded(by: .tokenAnswer) || $0.isFinal }
            try sql.note(note, on: connection)
            return true
        }
    }

    package func setTrouble(
        _ trouble: ConnectionTrouble?, on connection: Connection.ID, generation: Int64, note: ConnectionNote?
    ) async throws {
        let writing = GrantWriting(sealer: sealer, connection: connection)
        try await write { sql in
            guard try writing.realm(ifGeneration: generation, sql) != nil,
                try writing.mayStand(trouble, sql)
            else { return }
            try sql.run(
                "UPDATE connections SET trouble_cause = $1, trouble_since = $2, trouble_tid = $3 WHERE id = $4",
                [
                    .optional(trouble?.cause.rawValue), .optional(trouble?.since), .optional(trouble?.intuitTID),
                    .integer(connection.value),
                ])
            if let note { try sql.note(note, on: connection) }
        }
    }

    package func disconnect(_ connection: Connection.ID, note: ConnectionNote) async throws {
        let companies = CompanyKeeping(sealer: sealer)
        try await write { sql in
            // The generation stays, and so does a company that got documents: later only a token for it is accepted.
            let erased = try sql.run(
                """
                UPDATE connections SET access_token = NULL, access_expires_at = NULL, refresh_token = NULL,
                    previous_token_1 = NULL, previous_token_2 = NULL, refresh_token_since = NULL, idle_expires_at = NULL,
                    hard_expires_at = NULL, refreshed_at = NULL, trouble_cause = NULL, trouble_since = NULL, trouble_tid = NULL
                WHERE id = $1
                """, [.integer(connection.value)])
            guard erased == 1 else { return }
            try sql.run("DELETE FROM proposals WHERE connection_id = $1", [.integer(connection.value)])
            // A company that never got anything may have been the wrong one, and is forgotten.
            try sql.run(
                """
                UPDATE connections SET company_id = NULL, company_name = NULL
                WHERE id = $1 AND NOT EXISTS (SELECT 1 FROM envelopes WHERE connection_id = $1)
                """, [.integer(connection.value)])
            try companies.forgetUnused(sql)
            try sql.note(note, on: connection)
        }
    }
}

private struct GrantWriting {
    let sealer: Sealer
    let connection: Connection.ID

    var companies: CompanyKeeping { CompanyKeeping(sealer: sealer) }

    /// A unique index forbids it too, but only this can name the connection that has the company.
    func refuseTaken(_ company: Int64, _ app: App, _ sql: any SQLConnection) throws {
        var row = try sql.row(
            "SELECT id FROM connections WHERE environment = $1 AND company_id = $2 AND id <> $3",
            [.text(app.environment.text), .integer(company), .integer(connection.value)])
        if let other = try row?.integer() { throw CompanyTaken(by: Connection.ID(other)) }
    }

    func name(
        _ company: Company, _ number: Int64, app: Int64, _ environment: Environment.Name, _ sql: any SQLConnection
    ) throws {
        try sql.run(
            """
            INSERT INTO connections (id, company_id, company_name, app_id, environment) VALUES ($1, $2, $3, $4, $5)
            ON CONFLICT (id) DO UPDATE SET company_id = excluded.company_id, company_name = excluded.company_name,
                app_id = excluded.app_id, environment = excluded.environment, access_token = NULL, refresh_token = NULL
            """,
            [
                .integer(connection.value), .integer(number), .text(company.name), .integer(app),
                .text(environment.text),
            ])
    }

    /// The company's realm while a grant of this generation is stored; nil otherwise.
    func realm(ifGeneration generation: Int64, _ sql: any SQLConnection) throws -> String? {
        let found = try sql.row(
            """
            SELECT \(CompanyRecord.columns(of: "c.company_id").joined(separator: ", ")) FROM connections c
            WHERE c.id = $1 AND c.generation = $2 AND c.refresh_token IS NOT NULL
            """, [.integer(connection.value), .integer(generation)])
        guard var row = found else { return nil }
        return try CompanyRecord(sealer: sealer).readRealmID(&row)
    }

    func store(_ grant: Grant, realm: String, _ sql: any SQLConnection) throws {
        let record = GrantRecord(sealer: sealer, table: "connections", connection: connection, realm: realm)
        let assignments = GrantRecord.columns.enumerated().map { "\($1) = $\($0 + 1)" }.joined(separator: ", ")
        try sql.run(
            """
            UPDATE connections SET \(assignments) WHERE id = $\(GrantRecord.columns.count + 1)
            """, try record.values(grant) + [.integer(connection.value)])
    }

    /// Whether the trouble may replace the stored one, which may be newer than the caller knows: a dead grant stays
    /// dead.
    func mayStand(_ trouble: ConnectionTrouble?, _ sql: any SQLConnection) throws -> Bool {
        var row = try sql.row("SELECT trouble_cause FROM connections WHERE id = $1", [.integer(connection.value)])
        guard let word = try row?.optionalText(), let present = ConnectionTrouble.Cause(rawValue: word) else {
            return true
        }
        return trouble.map { $0.cause.takes(thePlaceOf: present) } ?? !present.isFinal
    }

    func clearTrouble(_ sql: any SQLConnection, where isOver: (ConnectionTrouble.Cause) -> Bool) throws {
        let causes = ConnectionTrouble.Cause.allCases.filter(isOver)
        let places = causes.indices.map { "$\($0 + 2)" }.joined(separator: ", ")
        try sql.run(
            """
            UPDATE connections SET trouble_cause = NULL, trouble_since = NULL, trouble_tid = NULL
            WHERE id = $1 AND trouble_cause IN (\(places))
            """, [.integer(connection.value)] + causes.map { .text($0.rawValue) })
    }
}
