// SPDX-License-Identifier: Apache-2.0

/// Seals values again that are sealed under a former key.
struct Resealing {
    let sealer: Sealer

    /// - Parameter most: How many values at most.
    /// - Returns: How many were sealed again; fewer than `most` when none is left.
    func run(_ sql: any SQLConnection, atMost most: Int) throws -> Int {
        var count = 0
        for column in SealedColumn.all where count < most {
            count += try run(column, sql, atMost: most - count)
        }
        return count
    }

    /// Forgets the proofs of former keys.
    ///
    /// - Throws: ``SealError/otherKey(id:)`` when a value is still sealed under another key than the current one;
    ///   nothing was changed.
    func end(_ sql: any SQLConnection) throws {
        let key = sealer.keys.current
        for column in SealedColumn.all {
            var left = try sql.row(Self.query(column) + " LIMIT 1", [.bytes(key.mark)])
            if try left?.value() != nil, let value = try left?.bytes() {
                throw DataKey.id(in: value).map(SealError.otherKey) ?? .notSealedByUs
            }
        }
        try sql.run("DELETE FROM sealing_keys WHERE key_id <> $1", [.text(key.id)])
    }

    private func run(_ column: SealedColumn, _ sql: any SQLConnection, atMost most: Int) throws -> Int {
        let rows = try sql.rows(Self.query(column) + " LIMIT $2", [.bytes(sealer.keys.current.mark), .int(most)])
        for var row in rows {
            let key = try row.value()
            let sealed = try row.bytes()
            let place = try column.place(key, &row, sealer)
            try sql.run(
                "UPDATE \(column.table) SET \(column.column) = $1 WHERE \(column.key) = $2",
                [.bytes(try sealer.seal(try sealer.open(sealed, in: place), in: place)), key])
        }
        return rows.count
    }

    /// The values that don't begin with the mark $1: row, value, and what its place is made of.
    private static func query(_ column: SealedColumn) -> String {
        """
        SELECT \(([column.key, column.column] + column.further).joined(separator: ", ")) FROM \(column.table)
        WHERE \(column.column) IS NOT NULL AND substr(\(column.column), 1, \(1 + DataKey.idLength)) <> $1
        ORDER BY \(column.key)
        """
    }
}
