// SPDX-License-Identifier: Apache-2.0
package import Daybook
package import Foundation

extension RelationalStorage {
    package func apps() async throws -> [App] {
        let record = AppRecord(sealer: sealer)
        return try await read { sql in
            try sql.rows("SELECT \(AppRecord.columns) FROM apps a ORDER BY a.environment, a.client_id", [])
                .reading(record.read)
        }
    }

    package func app(of connection: Connection.ID) async throws -> App? {
        let record = AppRecord(sealer: sealer)
        return try await read { sql in
            let row = try sql.row(
                """
                SELECT \(AppRecord.columns) FROM apps a WHERE a.id = COALESCE(
                    (SELECT app_id FROM connections WHERE id = $1),
                    (SELECT max(id) FROM apps HAVING count(*) = 1))
                """, [.integer(connection.value)])
            guard var row else { return nil }
            return try record.read(&row)
        }
    }

    package func saveApp(_ app: App, for connection: Connection.ID?, by actor: Actor, at: Date) async throws {
        let keeping = AppKeeping(sealer: sealer)
        try await write { sql in
            let before = try keeping.app(app.key, sql)
            let id = try keeping.save(app, sql)
            if let connection { try keeping.assign(id, to: connection, sql) }
            sql.audit(
                AuditChange(
                    "app \(app.clientID) (\(app.environment))", from: before == nil ? nil : "known",
                    to: before?.clientSecret == app.clientSecret
                        ? "saved with the same secret" : "saved with another secret"))
            guard let before, before.clientSecret != app.clientSecret else { return }
            let text =
                app.retiringSecret == before.clientSecret
                ? "A new Client Secret was entered; the one before is kept beside it."
                : "A Client Secret was entered in place of one that is not known to have worked."
            try keeping.noteSecret(of: id, text, by: actor, at: at, sql)
        }
    }

    package func secretWorked(_ secret: Secret, of app: App.Key, by actor: Actor, at: Date) async throws {
        let keeping = AppKeeping(sealer: sealer)
        try await write { sql in
            guard let before = try keeping.app(app, sql), let after = before.afterTaking(secret) else { return }
            let id = try keeping.save(after, sql)
            guard after.clientSecret != before.clientSecret else { return }
            let text = "Intuit accepted the other of the two Client Secrets; Daybook uses that one first from now on."
            try keeping.noteSecret(of: id, text, by: actor, at: at, sql)
        }
    }

    package func nameEnvironment(_ environment: Environment.Name) async throws {
        _ = try await write { sql in
            try sql.run("UPDATE connections SET environment = $1 WHERE environment = ''", [.text(environment.text)])
            return try sql.run("UPDATE apps SET environment = $1 WHERE environment = ''", [.text(environment.text)])
        }
    }
}

/// Writes an app's keys.
struct AppKeeping {
    let sealer: Sealer

    /// - Returns: The row's id.
    func save(_ app: App, _ sql: any SQLConnection) throws -> Int64 {
        var known = try sql.row("SELECT id FROM apps WHERE environment = $1 AND client_id = $2", Self.values(app.key))
        var next = try sql.row("SELECT COALESCE(max(id), 0) + 1 FROM apps")
        let id = try known?.integer() ?? next?.integer() ?? 1
        try sql.run(
            """
            INSERT INTO apps (id, environment, client_id, client_secret, retiring_secret, secret_worked)
            VALUES ($1, $2, $3, $4, $5, $6)
            ON CONFLICT (id) DO UPDATE SET client_secret = excluded.client_secret,
                retiring_secret = excluded.retiring_secret, secret_worked = excluded.secret_worked
            """, try AppRecord(sealer: sealer).values(app, id: id))
        return id
    }

    func assign(_ id: Int64, to connection: Connection.ID, _ sql: any SQLConnection) throws {
        // A detached connection stays detached until it gets a new consent.
        try sql.run(
            """
            UPDATE connections SET app_id = $1, environment = CASE
                WHEN company_id IS NOT NULL AND environment IS NULL THEN NULL
                ELSE (SELECT environment FROM apps WHERE id = $1) END
            WHERE id = $2
            """, [.integer(id), .integer(connection.value)])
    }

    func app(_ key: App.Key, _ sql: any SQLConnection) throws -> App? {
        let row = try sql.row(
            "SELECT \(AppRecord.columns) FROM apps a WHERE a.environment = $1 AND a.client_id = $2", Self.values(key))
        guard var row else { return nil }
        return try AppRecord(sealer: sealer).read(&row)
    }

    /// Adds a line, which does not contain the secret, to the history of each of the app's connections.
    func noteSecret(of app: Int64, _ text: String, by actor: Actor, at: Date, _ sql: any SQLConnection) throws {
        let ids = try sql.rows("SELECT id FROM connections WHERE app_id = $1", [.integer(app)])
            .reading { Connection.ID(try $0.integer()) }
        let note = ConnectionNote(.secretChanged, at: at, text: text, by: actor)
        for id in ids { try sql.note(note, on: id) }
    }

    private static func values(_ key: App.Key) -> [SQLValue] {
        [.text(key.environment.text), .text(key.clientID)]
    }
}
