// SPDX-License-Identifier: Apache-2.0
import Daybook
import Foundation

/// A program's key in columns.
enum KeyRecord {
    static let columns = """
        serial, name, prefix, digest, scopes, stores, created_at, expires_at, last_used_at, revoked_at
        """

    static func read(_ row: inout SQLRow) throws -> APIKey {
        let serial = try row.integer()
        let name = try row.text()
        let prefix = try row.text()
        let digest = SecretDigest(bytes: try row.bytes())
        let scopes = try scopes(in: row.text(), row)
        let stores = try row.optionalText().map { try Self.stores(in: $0, row) }
        return APIKey(
            serial: serial, name: name, prefix: prefix, digest: digest, scopes: scopes, stores: stores,
            createdAt: try row.time(), expiresAt: try row.optionalTime(), lastUsedAt: try row.optionalTime(),
            revokedAt: try row.optionalTime())
    }

    /// In order, so that equal sets are equal texts.
    static func text(_ scopes: Set<APIKey.Scope>) -> String { scopes.sorted().map(\.rawValue).joined(separator: " ") }

    static func text(_ stores: Set<StoreNumber>) -> String {
        stores.map(\.value).sorted().map(String.init).joined(separator: " ")
    }

    private static func scopes(in text: String, _ row: SQLRow) throws -> Set<APIKey.Scope> {
        Set(
            try text.split(separator: " ").map { word in
                guard let scope = APIKey.Scope(rawValue: String(word)) else {
                    throw row.unreadable("“\(word)” is not a scope")
                }
                return scope
            })
    }

    private static func stores(in text: String, _ row: SQLRow) throws -> Set<StoreNumber> {
        Set(
            try text.split(separator: " ").map { word in
                guard let store = Int(word).flatMap(StoreNumber.init) else {
                    throw row.unreadable("“\(word)” is not a store number")
                }
                return store
            })
    }
}
