// SPDX-License-Identifier: Apache-2.0
package import Foundation

/// A program's right to use the API.
package struct APIKey: Sendable, Equatable {
    package let serial: Int64
    /// What people call it, such as `counter at store 2`; the history keeps it.
    package var name: String
    /// The first characters of the key, by which people tell keys apart.
    package let prefix: String
    package let digest: SecretDigest
    package let scopes: Set<Scope>
    /// The stores it is narrowed to; nil for all.
    package let stores: Set<StoreNumber>?
    package let createdAt: Date
    /// Nil for one that has no end.
    package let expiresAt: Date?
    /// When it was used last, to the minute.
    package var lastUsedAt: Date?
    package var revokedAt: Date?

    package init(
        serial: Int64, name: String, prefix: String, digest: SecretDigest, scopes: Set<Scope>,
        stores: Set<StoreNumber>?, createdAt: Date, expiresAt: Date?, lastUsedAt: Date?, revokedAt: Date?
    ) {
        self.serial = serial
        self.name = name
        self.prefix = prefix
        self.digest = digest
        self.scopes = scopes
        self.stores = stores
        self.createdAt = createdAt
        self.expiresAt = expiresAt
        self.lastUsedAt = lastUsedAt
        self.revokedAt = revokedAt
    }

    /// What a key may be used for.
    package enum Scope: String, CaseIterable, Comparable, Sendable {
        /// Bring transactions in, and ask what became of them.
        case transactions
        /// See the queue, the account numbers and the connections.
        case read
        /// Reset, hold and release exports.
        case exports
        /// Change account numbers and stores.
        case accountNumbers = "account-numbers"
        /// Manage people who are no administrators, and keys that may do no more (ADR 0049).
        case people
        /// See backups, make and download them; a restore is for people alone (ADR 0050).
        case backups

        package static func < (one: Scope, other: Scope) -> Bool { one.rawValue < other.rawValue }

        package var verbs: Set<Desk.Verb> {
            switch self {
            case .transactions: [.record]
            case .read: [.see]
            case .exports: [.see, .reset, .hold, .release]
            case .accountNumbers: [.see, .saveBooks]
            case .people: [.managePeople, .manageKeys]
            case .backups: [.manageBackups]
            }
        }
    }

    package func isUsable(at now: Date) -> Bool {
        revokedAt == nil && (expiresAt.map { now < $0 } ?? true)
    }

    /// Connections are for people alone; a key narrowed to stores manages nobody, and takes no backup of them all.
    package var rights: Rights {
        let places = stores.map { Set($0.map { RoleAssignment(.bookkeeper, store: $0) }) }
        return Rights(
            places ?? [RoleAssignment(scopes.isDisjoint(with: [.people, .backups]) ? .bookkeeper : .administrator)],
            onlyVerbs: scopes.reduce(into: []) { $0.formUnion($1.verbs) })
    }
}
