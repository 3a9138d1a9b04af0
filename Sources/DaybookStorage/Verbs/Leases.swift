// SPDX-License-Identifier: Apache-2.0
package import Daybook
package import Foundation

extension RelationalStorage {
    package func claim(_ connection: Connection.ID, holder: String, now: Date, until: Date) async throws -> Lease? {
        try await write { sql in
            try LeaseRow(sql: sql, connection: connection).take(
                holder: holder, until: until, onlyIf: "leases.holder = $2 OR leases.until <= $4",
                next: "CASE WHEN leases.holder = $2 AND leases.until > $4 THEN 0 ELSE 1 END", now: now)
        }
    }

    package func takeOver(
        _ connection: Connection.ID, holder: String, now: Date, until: Date
    ) async throws -> Lease {
        try await write { sql in
            let lease = try LeaseRow(sql: sql, connection: connection).take(
                holder: holder, until: until, onlyIf: "CAST($4 AS BIGINT) IS NOT NULL", next: "1", now: now)
            guard let lease else { throw LeaseLost() }
            return lease
        }
    }

    package func release(_ lease: Lease) async throws {
        try await write { sql in
            // The row stays with its generation, which must never be used again.
            _ = try sql.run(
                "UPDATE leases SET until = 0 WHERE connection_id = $1 AND holder = $2 AND generation = $3",
                [.integer(lease.connection.value), .text(lease.holder), .integer(lease.generation)])
        }
    }
}

private struct LeaseRow {
    let sql: any SQLConnection
    let connection: Connection.ID

    /// One upsert, which is the compare-and-set; no row comes back when the condition fails.
    func take(holder: String, until: Date, onlyIf condition: String, next: String, now: Date) throws -> Lease? {
        let row = try sql.row(
            """
            INSERT INTO leases (connection_id, holder, until, generation) VALUES ($1, $2, $3, 1)
            ON CONFLICT (connection_id) DO UPDATE
            SET holder = excluded.holder,
                until = CASE WHEN leases.holder = $2 AND leases.until > excluded.until
                    THEN leases.until ELSE excluded.until END,
                generation = leases.generation + \(next)
            WHERE \(condition)
            RETURNING generation, until
            """,
            [.integer(connection.value), .text(holder), .time(until), .time(now)])
        guard var row else { return nil }
        return Lease(
            connection: connection, holder: holder, generation: try row.integer(), until: try row.time())
    }
}

extension SQLConnection {
    /// - Throws: ``LeaseLost`` when the lease is not the stored one, or has run out, as a late worker's is.
    func check(_ lease: Lease, at: Date) throws {
        let row = try row(
            "SELECT 1 FROM leases WHERE connection_id = $1 AND holder = $2 AND generation = $3 AND until > $4",
            [.integer(lease.connection.value), .text(lease.holder), .integer(lease.generation), .time(at)])
        guard row != nil else { throw LeaseLost() }
    }
}
