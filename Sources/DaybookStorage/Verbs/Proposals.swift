// SPDX-License-Identifier: Apache-2.0
package import Daybook
package import Foundation

extension RelationalStorage {
    package func propose(
        _ grant: Grant, company: Company, app: App, on connection: Connection.ID, by actor: Actor, at: Date,
        intuitTID: String?
    ) async throws {
        let sealer = sealer
        let note = ConnectionNote(
            .waiting, at: at, text: "A refresh token works, and waits for its company to be confirmed.",
            by: actor, intuitTID: intuitTID)
        try await write { sql in
            let appID = try AppKeeping(sealer: sealer).save(app, sql)
            let companies = CompanyKeeping(sealer: sealer)
            let number = try companies.number(of: company.realmID, sql)
            let record = GrantRecord(
                sealer: sealer, table: "proposals", connection: connection, realm: company.realmID)
            let places = (1...GrantRecord.columns.count + 6).map { "$\($0)" }.joined(separator: ", ")
            try sql.run("DELETE FROM proposals WHERE connection_id = $1", [.integer(connection.value)])
            try sql.run(
                """
                INSERT INTO proposals (connection_id, app_id, company_id, company_name, proposed_at, intuit_tid,
                    \(GrantRecord.columns.joined(separator: ", "))) VALUES (\(places))
                """,
                [
                    .integer(connection.value), .integer(appID), .integer(number), .text(company.name), .time(at),
                    .optional(intuitTID),
                ] + (try record.values(grant)))
            try companies.forgetUnused(sql)
            try sql.note(note, on: connection)
        }
    }

    package func proposal(of connection: Connection.ID) async throws -> Proposal? {
        let sealer = sealer
        return try await read { sql in
            let found = try sql.row(
                """
                SELECT a.environment, a.client_id, \(CompanyRecord.columns(of: "p.company_id").joined(separator: ", ")),
                    p.company_name, p.proposed_at, p.intuit_tid,
                    \(GrantRecord.columns.map { "p.\($0)" }.joined(separator: ", "))
                FROM proposals p JOIN apps a ON a.id = p.app_id WHERE p.connection_id = $1
                """, [.integer(connection.value)])
            guard var row = found else { return nil }
            let key = App.Key(environment: Environment.Name(try row.text()), clientID: try row.text())
            guard let realmID = try CompanyRecord(sealer: sealer).readRealmID(&row) else {
                throw row.unreadable("a proposal has no company")
            }
            let company = Company(realmID: realmID, name: try row.text())
            let at = try row.time()
            let tid = try row.optionalText()
            let record = GrantRecord(
                sealer: sealer, table: "proposals", connection: connection, realm: company.realmID)
            guard let grant = try record.read(&row) else { throw row.unreadable("a proposal has no token") }
            return Proposal(
                connection: connection, app: key, company: company, grant: grant, at: at, intuitTID: tid)
        }
    }

    package func withdraw(
        proposalOf connection: Connection.ID, realmID: String, note: ConnectionNote
    ) async throws -> Bool {
        let companies = CompanyKeeping(sealer: sealer)
        return try await write { sql in
            guard let company = try companies.knownNumber(of: realmID, sql) else { return false }
            let withdrawn = try sql.run(
                "DELETE FROM proposals WHERE connection_id = $1 AND company_id = $2",
                [.integer(connection.value), .integer(company)])
            guard withdrawn == 1 else { return false }
            try companies.forgetUnused(sql)
            try sql.note(note, on: connection)
            return true
        }
    }
}
