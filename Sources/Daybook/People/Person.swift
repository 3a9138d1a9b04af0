// SPDX-License-Identifier: Apache-2.0
package import Foundation

/// Somebody who may sign in.
package struct Person: Hashable, Sendable {
    package struct ID: Hashable, Comparable, Sendable {
        package let value: Int64

        package init(_ value: Int64) { self.value = value }

        package static func < (one: ID, other: ID) -> Bool { one.value < other.value }
    }

    package let id: ID
    /// What is typed to sign in, and what the history keeps.
    ///
    /// Two names that differ in case alone are the same.
    package var name: PersonName
    package var roles: Set<RoleAssignment>
    /// Whether the person may sign in.
    package var isEnabled: Bool
    /// Whether a code of an authenticator app is asked for.
    package var hasAuthenticator: Bool
    package let createdAt: Date
    package var lastSignInAt: Date?

    package init(
        id: ID, name: PersonName, roles: Set<RoleAssignment>, isEnabled: Bool, hasAuthenticator: Bool, createdAt: Date,
        lastSignInAt: Date?
    ) {
        self.id = id
        self.name = name
        self.roles = roles
        self.isEnabled = isEnabled
        self.hasAuthenticator = hasAuthenticator
        self.createdAt = createdAt
        self.lastSignInAt = lastSignInAt
    }

    package var rights: Rights { isEnabled ? Rights(roles) : .none }
}

/// The name of a person, such as `pat` or `pat@example.com`.
package struct PersonName: Hashable, Sendable, CustomStringConvertible {
    /// As it was written when the person was made.
    package let text: String

    /// Nil unless it has 1 to 100 characters, all of them letters, digits or `. _ - + @`, and at least one letter or
    /// digit.
    package init?(_ text: String) {
        let text = text.trimmingCharacters(in: .whitespaces).precomposedStringWithCanonicalMapping
        let isAllowed = text.unicodeScalars.allSatisfy {
            CharacterSet.alphanumerics.contains($0) || "._-+@".unicodeScalars.contains($0)
        }
        guard (1...100).contains(text.count), isAllowed, text.contains(where: { $0.isLetter || $0.isNumber }) else {
            return nil
        }
        self.text = text
    }

    /// What two names are compared by.
    package var key: String { text.lowercased() }

    package var description: String { text }

    package static let rule = "A name has 1 to 100 letters, digits or any of . _ - + @, without spaces."

    package static func == (one: PersonName, other: PersonName) -> Bool { one.key == other.key }

    package func hash(into hasher: inout Hasher) { hasher.combine(key) }
}
