// SPDX-License-Identifier: Apache-2.0
package import Daybook
package import Foundation

extension RelationalStorage {
    package func addConnection(app: App.Key?, by actor: Actor, at: Date) async throws -> Connection.ID {
        try await write { sql in
            let added = try sql.row(
                """
                INSERT INTO connections (id, app_id, environment) VALUES (
                    (SELECT max(id) + 1 FROM connections),
                    (SELECT id FROM apps WHERE environment = $1 AND client_id = $2),
                    (SELECT environment FROM apps WHERE environment = $1 AND client_id = $2))
                RETURNING id
                """, [.optional(app?.environment.text), .optional(app?.clientID)])
            guard var row = added else { throw StoredValueUnreadable(what: "a new connection has no number") }
            let id = Connection.ID(try row.integer())
            sql.audit(AuditChange("connection \(id.value)", to: "added"))
            return id
        }
    }
}
