// SPDX-License-Identifier: Apache-2.0
import Daybook
import Foundation

/// A person, in a line or in JSON.
struct PersonRow: Encodable, Sendable {
    struct Place: Encodable, Sendable {
        let role: String
        /// Nil for every company.
        let company: Int64?
        /// Nil for every store.
        let store: Int?

        init(_ assignment: RoleAssignment) {
            role = assignment.role.rawValue
            company = assignment.company?.value
            store = assignment.store?.value
        }

        var words: String {
            let places = [company.map { "company \($0)" }, store.map { "store \($0)" }].compactMap(\.self)
            return ([role] + places).joined(separator: ", ")
        }
    }

    let id: Int64
    let name: String
    let roles: [Place]
    let enabled: Bool
    let authenticator: Bool
    let createdAt: Date
    let lastSignInAt: Date?

    init(_ person: Person) {
        id = person.id.value
        name = person.name.text
        roles = person.roles.map(Place.init).sorted { $0.words < $1.words }
        enabled = person.isEnabled
        authenticator = person.hasAuthenticator
        createdAt = person.createdAt
        lastSignInAt = person.lastSignInAt
    }

    var line: String {
        let last = lastSignInAt.map { "last sign-in \($0.ISO8601Format())" } ?? "never signed in"
        let parts: [String?] = [
            name, roles.map(\.words).joined(separator: "; "), last, authenticator ? "authenticator app" : nil,
            enabled ? nil : "kept out",
        ]
        return parts.compactMap(\.self).joined(separator: "  ")
    }
}

/// A person, and the link by which the person chooses a password.
struct InvitedRow: Encodable, Sendable {
    let person: PersonRow
    let link: String

    var lines: [String] {
        [
            "Give \(person.name) this link, which is shown only now and is good once, for three days:", link,
        ]
    }
}
