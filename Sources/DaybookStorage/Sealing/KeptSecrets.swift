// SPDX-License-Identifier: Apache-2.0

extension RelationalStorage {
    /// A secret of this installation, such as the key that seals browser sessions: made at first use, and the same at
    /// every later start.
    package func keptSecret(_ name: String, make: @escaping @Sendable () -> [UInt8]) async throws -> [UInt8] {
        try await write { [sealer] sql in try KeptSecret.value(name, sql, sealer, make: make) }
    }
}

enum KeptSecret {
    static func context(_ name: String) -> SealContext {
        SealContext(table: "kept_secrets", row: name, column: "value")
    }

    static func value(_ name: String, _ sql: any SQLConnection, _ sealer: Sealer, make: () -> [UInt8]) throws -> [UInt8]
    {
        let context = context(name)
        if var row = try sql.row("SELECT value FROM kept_secrets WHERE name = $1", [.text(name)]) {
            return try sealer.open(try row.bytes(), in: context)
        }
        let secret = make()
        try sql.run(
            "INSERT INTO kept_secrets (name, value) VALUES ($1, $2)",
            [.text(name), .bytes(try sealer.seal(secret, in: context))])
        return secret
    }
}
