// SPDX-License-Identifier: Apache-2.0
package import Daybook
package import Foundation

/// A person, in JSON.
package struct PersonResponse: Codable, Sendable, Equatable {
    package struct Place: Codable, Sendable, Equatable {
        package let role: String
        /// Nil for every company.
        package let company: Int64?
        /// Nil for every store.
        package let store: Int?

        package init(_ assignment: RoleAssignment) {
            role = assignment.role.rawValue
            company = assignment.company?.value
            store = assignment.store?.value
        }

        package var words: String {
            let places = [company.map { "company \($0)" }, store.map { "store \($0)" }].compactMap(\.self)
            return ([role] + places).joined(separator: ", ")
        }
    }

    package let id: Int64
    package let name: String
    package let roles: [Place]
    package let enabled: Bool
    package let authenticator: Bool
    package let createdAt: Date
    package let lastSignInAt: Date?

    package init(_ person: Person) {
        id = person.id.value
        name = person.name.text
        roles = person.roles.map(Place.init).sorted { $0.words < $1.words }
        enabled = person.isEnabled
        authenticator = person.hasAuthenticator
        createdAt = person.createdAt
        lastSignInAt = person.lastSignInAt
    }
}

/// A person, and the link by which the person chooses a password; no later answer has it.
package struct InvitedResponse: Codable, Sendable {
    package let person: PersonResponse
    package let link: String

    package init(person: PersonResponse, link: String) {
        self.person = person
        self.link = link
    }
}
