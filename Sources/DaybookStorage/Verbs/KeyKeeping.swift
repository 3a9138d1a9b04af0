// SPDX-License-Identifier: Apache-2.0
package import Daybook
package import Foundation

extension RelationalStorage {
    package func add(
        key name: String, prefix: String, digest: SecretDigest, scopes: Set<APIKey.Scope>, stores: Set<StoreNumber>?,
        expiresAt: Date?, at: Date
    ) async throws -> APIKey {
        try await write { sql in
            let taken = try sql.row(
                "SELECT name FROM api_keys WHERE name_key = $1 AND revoked_at IS NULL", [.text(name.lowercased())])
            if var taken { throw NameTaken(name: try taken.text()) }
            let answer = try sql.row(
                """
                INSERT INTO api_keys (name, name_key, prefix, digest, scopes, stores, created_at, expires_at)
                VALUES ($1, $2, $3, $4, $5, $6, $7, $8) RETURNING serial
                """,
                [
                    .text(name), .text(name.lowercased()), .text(prefix), .bytes(digest.bytes),
                    .text(KeyRecord.text(scopes)), .optional(stores.map(KeyRecord.text)), .time(at),
                    .optional(expiresAt),
                ])
            guard var row = answer else { throw StoredValueUnreadable(what: "a key has no number") }
            let serial = try row.integer()
            let places = stores.map { "stores " + KeyRecord.text($0) } ?? "every store"
            sql.audit(AuditChange("key \(serial) (\(name))", to: "\(KeyRecord.text(scopes)); \(places)"))
            return APIKey(
                serial: serial, name: name, prefix: prefix, digest: digest, scopes: scopes, stores: stores,
                createdAt: at, expiresAt: expiresAt, lastUsedAt: nil, revokedAt: nil)
        }
    }

    package func keys() async throws -> [APIKey] {
        try await read { sql in
            try sql.rows("SELECT \(KeyRecord.columns) FROM api_keys ORDER BY serial DESC", []).reading(KeyRecord.read)
        }
    }

    package func key(_ digest: SecretDigest) async throws -> APIKey? {
        try await read { try $0.key("digest = $1", .bytes(digest.bytes)) }
    }

    package func noteUse(ofKey serial: Int64, at: Date) async throws {
        try await noteUse(in: "api_keys", serial, at: at)
    }

    package func revoke(key serial: Int64, at: Date) async throws -> APIKey? {
        try await write { sql in
            let revoked = try sql.run(
                "UPDATE api_keys SET revoked_at = $1 WHERE serial = $2 AND revoked_at IS NULL",
                [.time(at), .integer(serial)])
            let key = try sql.key("serial = $1", .integer(serial))
            if revoked > 0, let key {
                sql.audit(AuditChange("key \(serial) (\(key.name))", from: "usable", to: "revoked"))
            }
            return key
        }
    }
}

extension SQLConnection {
    fileprivate func key(_ condition: String, _ value: SQLValue) throws -> APIKey? {
        guard var row = try row("SELECT \(KeyRecord.columns) FROM api_keys WHERE \(condition)", [value]) else {
            return nil
        }
        return try KeyRecord.read(&row)
    }
}
