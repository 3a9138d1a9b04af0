// SPDX-License-Identifier: Apache-2.0

/// What can be done to a sandbox from outside of Intuit's interfaces: in process and by control call alike.
extension SandboxState {
    mutating func mintGrant(clientID: String, realmID: String) throws(SandboxError) -> SandboxGrant {
        let app = try known(clientID)
        _ = try company(realmID)
        let user = try owner(of: realmID)
        let grant = grants.open(
            app: app, userID: user.userID, realmID: realmID, scopes: [Scopes.accounting], lifetimes: lifetimes,
            now: now,
            random: &random)
        let access = grants.issueAccessToken(for: grant, lifetimes: lifetimes, now: now, random: &random)
        return SandboxGrant(realmID: realmID, refreshToken: grants[grant].refreshToken, accessToken: access)
    }

    mutating func mintCode(clientID: String, realmID: String, redirectURI: String) throws(SandboxError) -> String {
        let app = try known(clientID)
        _ = try company(realmID)
        guard app.redirectURIs.contains(redirectURI) else {
            throw SandboxError(
                description: "redirectUri \(redirectURI) is not registered for this app; register it first.")
        }
        return issueCode(
            app: app, userID: try owner(of: realmID).userID, realmID: realmID, redirectURI: redirectURI,
            scopes: [Scopes.accounting])
    }

    mutating func issueCode(
        app: SandboxApp, userID: String, realmID: String, redirectURI: String, scopes: [String]
    ) -> String {
        let expires = now.advanced(seconds: lifetimes.code)
        let pending = PendingCode(
            clientID: app.clientID, userID: userID, redirectURI: redirectURI, realmID: realmID, scopes: scopes,
            expires: expires)
        return grants.issueCode(pending, random: &random)
    }

    mutating func setMishaps(_ settings: SandboxMishapSettings) throws(SandboxError) {
        for (mishap, rate) in settings.rates where !(0...1).contains(rate) {
            throw SandboxError(description: "The rate of \(mishap.rawValue) is \(rate); give a number from 0 to 1.")
        }
        let sum = settings.rates.values.reduce(0, +)
        guard sum <= 1.000_001 else {
            throw SandboxError(description: "The rates add up to \(sum); lower them until they make at most 1.")
        }
        mishaps.replace(with: settings)
    }

    mutating func setSubscription(isActive: Bool, realmID: String) throws(SandboxError) {
        companies[try company(realmID)].subscriptionIsActive = isActive
    }

    func known(_ clientID: String) throws(SandboxError) -> SandboxApp {
        guard let app = registry.keys[clientID] else {
            throw SandboxError(
                description: "clientId \(clientID) is not one of the sandbox's apps; its status lists them.")
        }
        return app
    }

    func company(_ realmID: String) throws(SandboxError) -> Int {
        guard let company = companyIndex[realmID] else {
            throw SandboxError(description: "realmId \(realmID) is not one of the sandbox's companies; see its status.")
        }
        return company
    }
}
