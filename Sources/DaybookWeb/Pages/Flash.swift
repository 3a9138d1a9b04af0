// SPDX-License-Identifier: Apache-2.0
import Foundation

/// What the next page says about what was just done.
struct Flash: Codable, Sendable, Equatable {
    enum Tone: String, Codable, Sendable {
        case good, bad
    }

    /// A link to the next step.
    struct Link: Codable, Sendable, Equatable {
        let title: String
        let address: String

        static let queue = Link(title: "Accounting Export Queue", address: "/exports")
        static let checkAccounts = Link(title: "Check accounts", address: "/account-check")
        static let anotherCompany = Link(title: "Connect as a new company", address: "/connections/new")
    }

    let tone: Tone
    let message: String
    let details: [String]
    let link: Link?

    init(_ tone: Tone, _ message: String, details: [String] = [], link: Link? = nil) {
        self.tone = tone
        self.message = message
        self.details = details
        self.link = link
    }

    /// Its text for the cookie, which browsers limit to 4 kB.
    func text() -> String {
        do {
            return try JSONEncoder().encode(self).base64EncodedString()
        } catch {
            preconditionFailure("texts always encode: \(error)")
        }
    }

    /// Nil when it can't be read, such as one that an earlier version wrote.
    init?(text: String) {
        guard let data = Data(base64Encoded: text) else { return nil }
        do {
            self = try JSONDecoder().decode(Flash.self, from: data)
        } catch {
            return nil
        }
    }
}
