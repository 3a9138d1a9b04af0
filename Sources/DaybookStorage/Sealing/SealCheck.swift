// SPDX-License-Identifier: Apache-2.0

/// Makes sure that the database's secrets were sealed under these keys: a proof is stored with the first start and with
/// each rotation, and every later start must be able to open all that are there.
struct SealCheck {
    let sealer: Sealer
    var place: KeyRefused.Place = .folder

    /// Checks, and stores the proof of a current key that has none yet: one that was put in place with the key before
    /// it.
    func run(_ sql: any SQLConnection) throws {
        try check(sql)
        try prove(sealer.keys.current, sql)
    }

    /// - Throws: ``KeyRefused/Cause/otherKey`` when a value may be sealed under a key that is not here.
    func check(_ sql: any SQLConnection) throws {
        let rows = try sql.rows("SELECT key_id, proof FROM sealing_keys", [])
        for var row in rows { try check(id: try row.text(), proof: try row.bytes()) }
    }

    /// Says in the database that values may be sealed under a key.
    func prove(_ key: DataKey, _ sql: any SQLConnection) throws {
        try sql.run(
            "INSERT INTO sealing_keys (key_id, proof) VALUES ($1, $2) ON CONFLICT (key_id) DO NOTHING",
            [.text(key.id), .bytes(try key.seal(Self.words, in: Self.context(key.id)))])
    }

    private func check(id: String, proof: [UInt8]) throws {
        guard sealer.keys.all.contains(where: { $0.id == id }) else { throw KeyRefused(.otherKey, at: place) }
        do {
            guard try sealer.open(proof, in: Self.context(id)) == Self.words else {
                throw KeyRefused(.otherKey, at: place)
            }
        } catch is SealError {
            throw KeyRefused(.otherKey, at: place)
        }
    }

    private static let words = Array("Daybook opens what it sealed.".utf8)

    private static func context(_ id: String) -> SealContext {
        SealContext(table: "sealing_keys", row: id, column: "proof")
    }
}
