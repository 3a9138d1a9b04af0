// SPDX-License-Identifier: Apache-2.0
package import Daybook
package import Foundation

extension RelationalStorage {
    package func assign(
        _ store: StoreNumber, to connection: Connection.ID, by actor: Actor, at: Date
    ) async throws -> StoreMove {
        try await write { sql in
            let moving = StoreMoving(sql: sql, store: store, connection: connection)
            let before = try moving.company()
            try moving.assign()
            let serials = try moving.move(at: at)
            try moving.noteNames(serials)
            let note = ExportNote(at: at, text: "Goes to connection \(connection.value) with its store.", by: actor)
            try ProgressWriting(sql: sql).note(serials.map { ($0, note) })
            let after = "connection \(connection.value); \(serials.count) exports go along"
            sql.audit(AuditChange("store \(store)", from: before.map { "connection \($0.value)" }, to: after))
            return StoreMove(moved: serials.count, stayed: try moving.stayed())
        }
    }
}

private struct StoreMoving {
    let sql: any SQLConnection
    let store: StoreNumber
    let connection: Connection.ID

    /// The connection that the store posted to so far; nil for a store that is not known yet.
    func company() throws -> Connection.ID? {
        var row = try sql.row("SELECT connection_id FROM stores WHERE number = $1", [.int(store.value)])
        return try row.map { _ in Connection.ID(try row?.integer() ?? 0) }
    }

    /// A store that is known only by its transactions so far is named after its number.
    func assign() throws {
        try sql.run(
            """
            INSERT INTO stores (number, name, connection_id) VALUES ($1, $2, $3)
            ON CONFLICT (number) DO UPDATE SET connection_id = excluded.connection_id
            """, [.int(store.value), .text("Store \(store)"), .integer(connection.value)])
    }

    /// People choose accounts for the names of what has moved in the new company, too.
    func noteNames(_ serials: [Int64]) throws {
        let names = try sql.rows(for: serials) { list in
            """
            SELECT DISTINCT account_source, number FROM entry_lines
            WHERE account_source IS NOT NULL AND export_serial IN \(list)
            """
        }.reading { SourceAccount(source: try $0.text(), name: try $0.text()) }
        try AccountNameKeeping.note(
            names.compactMap(\.self).map { AccountNameKeeping.values($0, in: connection) }, sql)
    }

    /// Moves the exports that the former company certainly doesn't have.
    ///
    /// Their proofs of absence are erased, because they don't hold for the new company. An export whose document number
    /// is used already at the new company stays too: the number can't be changed.
    func move(at now: Date) throws -> [Int64] {
        try sql.rows(
            """
            UPDATE exports SET connection_id = $1, absent_at = NULL, absent_copy = NULL
            WHERE store = $2 AND connection_id <> $1 AND \(Self.neverSent)
                AND NOT \(RestoredCopyRule.mayHaveSent("exports", "$3"))
                AND NOT EXISTS (SELECT 1 FROM exports o
                    WHERE o.connection_id = $1 AND o.document_number = exports.document_number)
            RETURNING serial
            """,
            [.integer(connection.value), .int(store.value), RestoredCopyRule.oldest(at: now)]
        ).reading { try $0.integer() }.sorted()
    }

    /// How many of the store's exports are still to be settled at other companies.
    func stayed() throws -> Int {
        var row = try sql.row(
            """
            SELECT COALESCE(sum(exports), 0) FROM export_counts
            WHERE connection_id <> $1 AND store = $2
                AND state NOT IN ('exported', 'excluded', 'withdrawn', 'nothing-to-post')
            """, [.integer(connection.value), .int(store.value)])
        return try row?.int() ?? 0
    }

    /// An export in doubt may have been sent although the database has no envelope of it: the database may be restored.
    private static let neverSent = """
        state IN ('collecting', 'pending', 'error', 'on-hold', 'excluded') AND last_doubt IS NULL
            AND NOT EXISTS (SELECT 1 FROM envelope_items i WHERE i.export_serial = exports.serial)
        """
}
