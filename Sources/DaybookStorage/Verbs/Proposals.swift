// SPDX-License-Identifier: Apache-2.0
package import Daybook
package import Foundation

extension RelationalStorage {
    package func propose(
        _ grant: Grant, company: Company, app: App, on connection: Connection.ID, by who: String, at: Date
    ) async throws {
        let sealer = sealer
        try await write { sql in
            let appID = try AppKeeping(sealer: sealer).save(app, sql)
            let record = GrantRecord(
                sealer: sealer, table: "proposals", connection: connection, realm: company.realmID)
            let places = (1...GrantRecord.columns.count + 5).map { "$\($0)" }.joined(separator: ", ")
            try sql.run("DELETE FROM proposals WHERE connection_id = $1", [.integer(connection.value)])
            try sql.run(
                """
                INSERT INTO proposals (connection_id, app_id, realm_id, company_name, proposed_at,
                    \(GrantRecord.columns.joined(separator: ", "))) VALUES (\(places))
                """,
                [
                    .integer(connection.value), .integer(appID), .text(company.realmID), .text(company.name), .time(at),
                ] + (try record.values(grant)))
            try sql.note(act: "Tried a refresh token for company \(company.realmID).", by: who, at: at)
        }
    }

    package func proposal(of connection: Connection.ID) async throws -> Proposal? {
        let sealer = sealer
        return try await read { sql in
            let found = try sql.row(
                """
                SELECT a.environment, a.client_id, p.realm_id, p.company_name, p.proposed_at,
                    \(GrantRecord.columns.map { "p.\($0)" }.joined(separator: ", "))
                FROM proposals p JOIN apps a ON a.id = p.app_id WHERE p.connection_id = $1
                """, [.integer(connection.value)])
            guard var row = found else { return nil }
            let key = App.Key(environment: Environment.Name(try row.text()), clientID: try row.text())
            let company = Company(realmID: try row.text(), name: try row.text())
            let at = try row.time()
            let record = GrantRecord(
                sealer: sealer, table: "proposals", connection: connection, realm: company.realmID)
            guard let grant = try record.read(&row) else { throw row.unreadable("a proposal without a token") }
            return Proposal(connection: connection, app: key, company: company, grant: grant, at: at)
        }
    }

    package func withdraw(proposalOf connection: Connection.ID) async throws {
        _ = try await write { sql in
            try sql.run("DELETE FROM proposals WHERE connection_id = $1", [.integer(connection.value)])
        }
    }
}
