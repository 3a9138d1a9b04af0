// SPDX-License-Identifier: Apache-2.0
import Foundation

/// A consent or a pasted token on its way to becoming a connection's grant.
struct Adoption: Sendable, Equatable {
    let connection: Connection.ID
    let generation: Int64
    let at: Date
    let realmID: String
    let clientID: String
    let pastedToken: Secret?
}

/// The keys that an adoption is tried with.
enum AdoptionKeys: Sendable, Equatable {
    /// Somebody entered them along with the token; where it works, they are kept.
    case typed(App)
    /// As they were stored when the adoption began.
    case stored(App)

    var app: App {
        switch self {
        case .typed(let app), .stored(let app): app
        }
    }
}

/// What became of a consent or a pasted token that works.
struct Adopted: Sendable, Equatable {
    let company: Company
    /// Whether it waits for a person to confirm the company.
    let isProposed: Bool
}

/// Why a consent or a pasted token did not become the grant.
struct AdoptionRefused: Sendable, Equatable {
    /// For the person who tried it.
    let words: Desk.Refused
    /// For the history: no company's name, no token.
    let note: String
    let tid: String?
    /// False when it is not known whether the token works, so that it may be tried again.
    var isFinal = true
}

extension TokenRequest {
    /// A pasted token, not Intuit's answer in a browser.
    var pastedToken: Secret? {
        if case .refresh(let token) = self { token } else { nil }
    }
}
