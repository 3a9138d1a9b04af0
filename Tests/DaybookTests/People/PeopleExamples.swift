// SPDX-License-Identifier: Apache-2.0
import Daybook
import Foundation
import Testing

/// The moment at which the tests of people play.
let now = Date(timeIntervalSince1970: 1_700_000_000)

/// An administrator.
func person(_ text: String) throws -> Person {
    Person(
        id: Person.ID(1), name: try #require(PersonName(text)), roles: [RoleAssignment(.administrator)],
        isEnabled: true, hasAuthenticator: false, createdAt: now, lastSignInAt: nil)
}

func key(
    scopes: Set<APIKey.Scope>, stores: Set<StoreNumber>? = nil, expiresAt: Date? = nil, revokedAt: Date? = nil
) -> APIKey {
    APIKey(
        serial: 1, name: "counter", prefix: "daybook_abc123", digest: SecretDigest(bytes: [1]), scopes: scopes,
        stores: stores, createdAt: now, expiresAt: expiresAt, lastUsedAt: nil, revokedAt: revokedAt)
}

/// The same bytes each time, beginning with the given one.
struct CountingRandomness: Randomness {
    let first: UInt8

    func bytes(_ count: Int) -> [UInt8] { (0..<count).map { first &+ UInt8(truncatingIfNeeded: $0) } }
}
