// SPDX-License-Identifier: Apache-2.0
package import Foundation

/// A person or a key, as known from one sign-in or one call.
package struct Principal: Hashable, Sendable {
    /// The number of the person or of the key.
    package let id: Int64
    /// The name that the history keeps.
    package let name: String
    package let rights: Rights
    /// When the person last gave password and code; nil for a key.
    package let signedInAt: Date?
    /// The address that the request came from; nil where nobody asked for it.
    package let source: String?

    package init(id: Int64, name: String, rights: Rights, signedInAt: Date? = nil, source: String? = nil) {
        self.id = id
        self.name = name
        self.rights = rights
        self.signedInAt = signedInAt
        self.source = source
    }

    /// How long a sign-in is fresh enough for what could hand the books to somebody else.
    package static let freshness = Duration.seconds(600)

    package func isFresh(at now: Date) -> Bool {
        guard let signedInAt else { return false }
        let age = now.timeIntervalSince(signedInAt)
        // A clock that was set back makes nothing fresh for ever.
        return age < Self.freshness.seconds && age > -Self.freshness.seconds
    }
}
