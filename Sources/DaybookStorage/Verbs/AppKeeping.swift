// SPDX-License-Identifier: Apache-2.0
package import Daybook
package import Foundation

extension RelationalStorage {
    package func app() async throws -> AppCredentials? {
        let sealer = sealer
        return try await read { try AppRow(sealer: sealer).read($0) }
    }

    package func saveApp(_ app: AppCredentials, by who: String, at: Date) async throws {
        let row = AppRow(sealer: sealer)
        try await write { sql in
            try row.save(app, sql)
            try sql.note(act: "Saved the Client ID and Client Secret.", by: who, at: at)
        }
    }
}

/// The app's keys, the secret sealed.
struct AppRow {
    let sealer: Sealer

    func read(_ sql: any SQLConnection) throws -> AppCredentials? {
        guard var row = try sql.row("SELECT client_id, client_secret FROM apps WHERE id = 1") else { return nil }
        let clientID = try row.text()
        let secret = try sealer.openSecret(try row.bytes(), in: context(clientID))
        return AppCredentials(clientID: clientID, clientSecret: secret)
    }

    func save(_ app: AppCredentials, _ sql: any SQLConnection) throws {
        let secret = try sealer.seal(app.clientSecret, in: context(app.clientID))
        try sql.run(
            """
            INSERT INTO apps (id, client_id, client_secret) VALUES (1, $1, $2)
            ON CONFLICT (id) DO UPDATE
            SET client_id = excluded.client_id, client_secret = excluded.client_secret
            """, [.text(app.clientID), .bytes(secret)])
    }

    /// A secret belongs to its client id: neither can be changed without the other.
    private func context(_ clientID: String) -> SealContext {
        SealContext(table: "apps", row: "1", column: "client_secret", realm: clientID)
    }
}
