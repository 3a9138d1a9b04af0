// SPDX-License-Identifier: Apache-2.0
package import Daybook
package import Foundation

extension RelationalStorage {
    package func notifiers() async throws -> [Notifier] {
        let record = NotifierRecord(sealer: sealer)
        return try await read { sql in
            try sql.rows(
                "SELECT \(NotifierRecord.columns) FROM notifiers n WHERE n.removed_at IS NULL ORDER BY n.id", []
            ).reading(record.read)
        }
    }

    package func addNotifier(_ target: Notifier.Target, by actor: Actor, at: Date) async throws -> Notifier {
        let record = NotifierRecord(sealer: sealer)
        return try await write { sql in
            // Sealed values belong to their row, so its number has to be known first. Rows are never deleted.
            var next = try sql.row("SELECT COALESCE(max(id), 0) + 1 FROM notifiers")
            let notifier = Notifier(
                id: Notifier.ID(try next?.integer() ?? 1), target: target, addedAt: at, addedBy: actor.text)
            try sql.run(
                """
                INSERT INTO notifiers (id, kind, shown, address, secret, added_at, added_by)
                VALUES ($1, $2, $3, $4, $5, $6, $7)
                """, try record.values(notifier))
            sql.audit(AuditChange("notifier \(notifier.id.value)", to: target.shown))
            return notifier
        }
    }

    package func removeNotifier(_ id: Notifier.ID, by actor: Actor, at: Date) async throws -> Bool {
        try await write { sql in
            let removed = try sql.run(
                """
                UPDATE notifiers SET removed_at = $1, address = NULL, secret = NULL
                WHERE id = $2 AND removed_at IS NULL
                """, [.time(at), .integer(id.value)])
            guard removed > 0 else { return false }
            try sql.run(
                """
                UPDATE deliveries SET state = 'withdrawn', next_at = NULL
                WHERE notifier_id = $1 AND state = 'waiting'
                """, [.integer(id.value)])
            sql.audit(AuditChange("notifier \(id.value)", from: "told", to: "removed"))
            return true
        }
    }
}
