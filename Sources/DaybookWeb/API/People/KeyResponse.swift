// SPDX-License-Identifier: Apache-2.0
package import Daybook
package import Foundation

/// A key without its secret, in JSON.
package struct KeyResponse: Codable, Sendable, Equatable {
    package let serial: Int64
    package let name: String
    package let prefix: String
    package let scopes: [String]
    /// Nil for all stores.
    package let stores: [Int]?
    package let createdAt: Date
    package let expiresAt: Date?
    package let lastUsedAt: Date?
    package let revokedAt: Date?

    package init(_ key: APIKey) {
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
}

/// A key just made, with its secret; no later answer has it.
package struct AddedKeyResponse: Codable, Sendable {
    package let key: KeyResponse
    package let secret: String

    package init(key: KeyResponse, secret: String) {
        self.key = key
        self.secret = secret
    }
}
