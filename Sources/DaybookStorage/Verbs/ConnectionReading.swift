// SPDX-License-Identifier: Apache-2.0
package import Daybook

extension RelationalStorage {
    package func connections() async throws -> [Connection] {
        let record = ConnectionRecord(sealer: sealer)
        return try await read { sql in
            try sql.rows("SELECT \(ConnectionRecord.columns) FROM connections ORDER BY id", [])
                .reading(record.read)
        }
    }

    package func connection(_ id: Connection.ID) async throws -> Connection? {
        let record = ConnectionRecord(sealer: sealer)
        return try await read { sql in
            let row = try sql.row(
                "SELECT \(ConnectionRecord.columns) FROM connections WHERE id = $1", [.integer(id.value)])
            guard var row else { return nil }
            return try record.read(&row)
        }
    }

    package func connectionHistory(_ connection: Connection.ID, limit: Int) async throws -> [ConnectionNote] {
        try await read { sql in
            try sql.rows(
                """
                SELECT \(NoteRecord.columns) FROM connection_notes WHERE connection_id = $1
                ORDER BY serial DESC LIMIT $2
                """, [.integer(connection.value), .int(limit)]
            ).reading { try NoteRecord.readConnectionNote(&$0) }
        }
    }
}
