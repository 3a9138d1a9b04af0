// SPDX-License-Identifier: Apache-2.0
import Daybook
import Foundation

/// A key without its secret, in a line or in JSON.
struct KeyRow: Encodable, Sendable {
    let serial: Int64
    let name: String
    let prefix: String
    let scopes: [String]
    /// Nil for all stores.
    let stores: [Int]?
    let createdAt: Date
    let expiresAt: Date?
    let lastUsedAt: Date?
    let revokedAt: Date?

    init(_ key: APIKey) {
        serial = key.serial
        name = key.name
        prefix = key.prefix
        scopes = key.scopes.sorted().map(\.rawValue)
        stores = key.stores.map { $0.sorted().map(\.value) }
        createdAt = key.createdAt
        expiresAt = key.expiresAt
        lastUsedAt = key.lastUsedAt
        revokedAt = key.revokedAt
    }

    var line: String {
        let parts: [String?] = [
            "\(serial)", name, "\(prefix)…", scopes.joined(separator: ", "),
            stores.map { "store \($0.map(String.init).joined(separator: ", "))" },
            expiresAt.map { "until \($0.ISO8601Format())" },
            lastUsedAt.map { "last used \($0.ISO8601Format())" } ?? "never used",
            revokedAt.map { "revoked \($0.ISO8601Format())" },
        ]
        return parts.compactMap(\.self).joined(separator: "  ")
    }
}

/// A key just made, with its secret.
struct AddedKeyRow: Encodable, Sendable {
    let key: KeyRow
    let secret: String
}
