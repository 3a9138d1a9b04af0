// SPDX-License-Identifier: Apache-2.0
package import Daybook
package import Foundation

extension RelationalStorage {
    package func connectionHistory(_ connection: Connection.ID, limit: Int) async throws -> [ConnectionNote] {
        try await read { sql in
            try sql.rows(
                """
                SELECT \(NoteRecord.connectionColumns) FROM connection_notes WHERE connection_id = $1
                ORDER BY serial DESC LIMIT $2
                """, [.integer(connection.value), .int(limit)]
            ).reading { try NoteRecord.readConnectionNote(&$0) }
        }
    }

    package func note(_ note: ConnectionNote, on connection: Connection.ID) async throws {
        try await write { try $0.note(note, on: connection) }
    }

    package func refreshes(of connection: Connection.ID, since: Date) async throws -> RefreshCount {
        try await read { sql in
            let rows = try sql.rows(
                """
                SELECT kind, count(*) FROM connection_notes
                WHERE connection_id = $1 AND at >= $2 AND kind IN ('refreshed', 'rotated', 'refresh-failed')
                GROUP BY kind
                """, [.integer(connection.value), .time(since)]
            ).reading { (kind: try $0.word(ConnectionNote.Kind.self), count: try $0.int()) }
            let attempts = rows.reduce(0) { $0 + $1.count }
            let failures = rows.first { $0.kind == .refreshFailed }?.count ?? 0
            return RefreshCount(attempts: attempts, successes: attempts - failures)
        }
    }
}

extension SQLConnection {
    func note(_ note: ConnectionNote, on connection: Connection.ID) throws {
        try run(
            """
            INSERT INTO connection_notes (connection_id, \(NoteRecord.connectionColumns))
            VALUES ($1, $2, $3, $4, $5, $6)
            """, NoteRecord.values(note, of: connection))
        audit(AuditChange("connection \(connection.value)", to: note.text))
    }
}
