// SPDX-License-Identifier: Apache-2.0

/// Makes sure that the database's secrets were sealed under this key: a proof is stored with the
/// first start, and every later start must be able to open it.
struct SealCheck {
    let sealer: Sealer

    func run(_ sql: any SQLConnection) throws {
        guard var row = try sql.row("SELECT key_id, proof FROM sealing_keys") else {
            try sql.run(
                "INSERT INTO sealing_keys (key_id, proof) VALUES ($1, $2)",
                [.text(sealer.keyID), .bytes(try sealer.seal(Self.words, in: context))])
            return
        }
        let keyID = try row.text()
        guard keyID == sealer.keyID else { throw KeyRefused(.otherKey) }
        let proof = try row.bytes()
        do {
            guard try sealer.open(proof, in: context) == Self.words else { throw KeyRefused(.otherKey) }
        } catch is SealError {
            throw KeyRefused(.otherKey)
        }
    }

    private static let words = Array("Daybook opens what it sealed.".utf8)
    private var context: SealContext { SealContext(table: "sealing_keys", row: sealer.keyID, column: "proof") }
}
