// SPDX-License-Identifier: Apache-2.0

/// One consent: an app may use a company in somebody's name.
struct Grant: Sendable {
    /// A refresh token that a rotation has replaced, and until when it still works.
    struct Previous: Sendable {
        var token: String
        var dies: Instant
    }

    let clientID: String
    /// Who consented.
    let userID: String
    let environment: SandboxEnvironment
    /// The company; nil for a sign-in alone.
    let realmID: String?
    let scopes: [String]
    let consented: Instant
    var refreshToken: String
    var issued: Instant
    var idleEnd: Instant
    var hardEnd: Instant
    /// What still works beside the present string, oldest first.
    var previous: [Previous] = []
    var rotations = 0
    var isRevoked = false

    var reachesCompany: Bool { Scopes.reachCompany(scopes) }

    func isLive(at now: Instant) -> Bool { !isRevoked && now < idleEnd && now < hardEnd }
}

/// What a code stands for until it is exchanged.
struct PendingCode: Sendable {
    var clientID: String
    var userID: String
    var redirectURI: String
    var realmID: String?
    var scopes: [String]
    /// Whether the id_token is to name the company.
    var wantsRealmClaim: Bool
    /// When the user signed in and consented.
    var consented: Instant
    var expires: Instant
    /// The grant it was exchanged for, once it was.
    var grant: Int?
}

/// An access token that was handed out.
struct AccessToken: Sendable {
    var grant: Int
    var expires: Instant
}

/// Scopes an app may ask for.
enum Scopes {
    static let accounting = "com.intuit.quickbooks.accounting"
    static let payment = "com.intuit.quickbooks.payment"
    static let openID: Set<String> = ["openid", "profile", "email", "phone", "address"]
    static let known: Set<String> = openID.union([
        accounting, payment,
        "payroll.compensation.read", "project-management.project", "app-foundations.custom-dimensions.read",
        "app-foundations.custom-field-definitions", "app-foundations.custom-field-definitions.read",
        "time-tracking.time-entry", "indirect-tax.tax-calculation.quickbooks",
    ])

    /// Whether they open a company's data; sign-in alone does not.
    static func reachCompany(_ scopes: [String]) -> Bool { scopes.contains(accounting) || scopes.contains(payment) }
}
