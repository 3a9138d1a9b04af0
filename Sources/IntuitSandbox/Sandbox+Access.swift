// SPDX-License-Identifier: Apache-2.0

/// The tokens of a connection made without the consent page.
public struct SandboxGrant: Sendable, Equatable {
    /// The company.
    public var realmID: String
    /// A refresh token as the token endpoint would have given it.
    public var refreshToken: String
    /// An access token as the token endpoint would have given it.
    public var accessToken: String
}

/// Why the sandbox can't do what it was asked to, and what to do instead.
public struct SandboxError: Error, Sendable, Equatable, CustomStringConvertible {
    /// The explanation, as a sentence.
    public let description: String
}

/// What tests and simulations can do with a sandbox in their own process.
extension Sandbox {
    /// How late a `committedLate` mishap may commit at most, with the settings in force.
    public var longestLateCommit: Duration { withState { $0.longestLateCommit } }

    /// What has happened so far; late commits that are due count as done.
    public var counters: SandboxCounters {
        withState {
            $0.catchUp()
            return $0.countersNow
        }
    }

    /// Connects an app with a company as if an administrator had consented.
    ///
    /// - Parameters:
    ///   - clientID: The Client ID of the app's keys.
    ///   - realmID: The company.
    ///   - scopes: The scopes that were consented to.
    ///   - user: Who consents, by ``SandboxUser/userID`` or e-mail; nil for the company's owner.
    /// - Throws: ``SandboxError`` for a client id, a realm or a user the sandbox doesn't have, and for a user who
    ///   doesn't administer the company.
    public func mintGrant(
        clientID: String, realmID: String, scopes: [String] = ["com.intuit.quickbooks.accounting"],
        user: String? = nil
    ) throws -> SandboxGrant {
        try withState {
            $0.catchUp()
            return try $0.mintGrant(clientID: clientID, realmID: realmID, scopes: scopes, user: user)
        }
    }

    /// An authorization code as the consent page would have given it.
    ///
    /// - Parameters:
    ///   - clientID: The Client ID of the app's keys.
    ///   - realmID: The company.
    ///   - redirectURI: A registered redirect URI, which the exchange must repeat.
    ///   - scopes: The scopes that were consented to.
    ///   - user: Who consents, by ``SandboxUser/userID`` or e-mail; nil for the company's owner.
    /// - Throws: ``SandboxError`` for a client id, a realm, a user or a redirect URI the sandbox doesn't have, and
    ///   for a user who doesn't administer the company.
    public func mintCode(
        clientID: String, realmID: String, redirectURI: String,
        scopes: [String] = ["com.intuit.quickbooks.accounting"], user: String? = nil
    ) throws -> String {
        try withState {
            $0.catchUp()
            return try $0.mintCode(
                clientID: clientID, realmID: realmID, redirectURI: redirectURI, scopes: scopes, user: user)
        }
    }

    /// The lifetimes in force.
    public var lifetimes: TokenLifetimes { withState { $0.lifetimes } }

    /// Changes lifetimes from now on.
    ///
    /// What was handed out before keeps its ends; an overlap applies to the rotations that follow.
    ///
    /// - Throws: ``SandboxError`` for a lifetime below 0 or above 10 years.
    public func setLifetimes(_ lifetimes: TokenLifetimes) throws {
        try withState { try $0.setLifetimes(lifetimes) }
    }

    /// The wordings in force.
    public var wordings: SandboxWordings { withState { $0.wordings } }

    /// Sets how refusals are worded, or lets the words vary.
    public func setWordings(_ wordings: SandboxWordings) { withState { $0.wordings = wordings } }

    /// Replaces all mishap settings, scripted ones included.
    ///
    /// - Throws: ``SandboxError`` if a rate lies outside 0…1 or the rates add up to more than 1.
    public func setMishaps(_ settings: SandboxMishapSettings) throws {
        try withState { try $0.setMishaps(settings) }
    }

    /// The mishap settings in force.
    public var mishapSettings: SandboxMishapSettings { withState { $0.mishaps.settings } }

    /// Lets a mishap happen to the next calls, whatever the rates are.
    ///
    /// - Parameters:
    ///   - mishap: What goes wrong.
    ///   - count: To how many calls it happens, at least 1.
    ///   - route: To which calls; nil for calls of every kind.
    public func nextMishap(_ mishap: SandboxMishap, count: Int = 1, route: SandboxRoute? = nil) {
        withState { $0.mishaps.script(mishap, count: max(1, count), route: route) }
    }

    /// Switches Intuit's request limits.
    public func setThrottles(enabled: Bool) { withState { $0.throttlesEnabled = enabled } }

    /// Whether a company's subscription is in order; if not, writes get fault 6190.
    ///
    /// - Throws: ``SandboxError`` for a realm the sandbox doesn't have.
    public func setSubscription(isActive: Bool, realmID: String) throws {
        try withState { try $0.setSubscription(isActive: isActive, realmID: realmID) }
    }

    /// Whether the users who connected apps are members of the company; if not, refreshes get `user_not_in_realm`.
    ///
    /// If nothing is connected, the company's owner is meant. False removes these users, true brings back everybody
    /// who was removed.
    ///
    /// - Throws: ``SandboxError`` for a realm the sandbox doesn't have.
    public func setMembership(userIsMember: Bool, realmID: String) throws {
        try withState { try $0.setMembership(userIsMember: userIsMember, realmID: realmID) }
    }

    /// Whether Intuit allows an app; if not, its token calls get `unauthorized_client`.
    ///
    /// - Throws: ``SandboxError`` for a client id the sandbox doesn't have.
    public func setAppAllowed(_ isAllowed: Bool, clientID: String) throws {
        try withState { try $0.setAllowed(isAllowed, clientID: clientID) }
    }
}
