// SPDX-License-Identifier: Apache-2.0
package import Daybook

extension RelationalStorage {
    package func connections() async throws -> [Connection] {
        let record = ConnectionRecord(sealer: sealer)
        return try await read { sql in
            try sql.rows(
                "SELECT \(ConnectionRecord.columns) FROM \(ConnectionRecord.tables) ORDER BY c.id", []
            ).reading(record.read)
        }
    }

    package func connection(_ id: Connection.ID) async throws -> Connection? {
        let record = ConnectionRecord(sealer: sealer)
        return try await read { sql in
            let row = try sql.row(
                "SELECT \(ConnectionRecord.columns) FROM \(ConnectionRecord.tables) WHERE c.id = $1",
                [.integer(id.value)])
            guard var row else { return nil }
            return try record.read(&row)
        }
    }
}
