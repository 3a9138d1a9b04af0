// SPDX-License-Identifier: Apache-2.0

extension RelationalStorage {
    /// A secret of this installation, such as the key that seals browser sessions: made at first use, and the same at
    /// every later start.
    package func keptSecret(_ name: String, make: @escaping @Sendable () -> [UInt8]) async throws -> [UInt8] {
        let sealer = sealer
        return try await write { try KeptSecret.value(name, sealer, $0, make: make) }
    }
}

enum KeptSecret {
    static func context(_ name: String) -> SealContext {
        SealContext(table: "kept_secrets", row: name, column: "value")
    }

    /// The secret of this name, made and stored where there is none.
    static func value(
        _ name: String, _ sealer: Sealer, _ sql: any SQLConnection, make: () -> [UInt8]
    ) throws -> [UInt8] {
        if var row = try sql.row("SELECT value FROM kept_secrets WHERE name = $1", [.text(name)]) {
            return try sealer.open(try row.bytes(), in: context(name))
        }
        let secret = make()
        try sql.run(
            "INSERT INTO kept_secrets (name, value) VALUES ($1, $2)",
            [.text(name), .bytes(try sealer.seal(secret, in: context(name)))])
        return secret
    }
}
