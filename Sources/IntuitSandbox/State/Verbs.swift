// SPDX-License-Identifier: Apache-2.0

/// What can be done to a sandbox beside Intuit's interfaces, in process and by control call.
extension SandboxState {
    mutating func mintGrant(
        clientID: String, realmID: String, scopes: [String], user: String?
    ) throws(SandboxError) -> SandboxGrant {
        let app = try known(clientID)
        let consenting = try consenting(user, realmID: realmID)
        let grant = grants.open(
            app: app, userID: consenting.userID, realmID: realmID, scopes: scopes, lifetimes: lifetimes, now: now,
            random: &random)
        let access = grants.issueAccessToken(for: grant, lifetimes: lifetimes, now: now, random: &random)
        return SandboxGrant(realmID: realmID, refreshToken: grants[grant].refreshToken, accessToken: access)
    }

    mutating func mintCode(
        clientID: String, realmID: String, redirectURI: String, scopes: [String], user: String?
    ) throws(SandboxError) -> String {
        let app = try known(clientID)
        let consenting = try consenting(user, realmID: realmID)
        guard app.redirectURIs.contains(where: { sameBytes($0, redirectURI) }) else {
            throw SandboxError(
                description: "redirectUri \(redirectURI) is not registered for this app; register it first.")
        }
        return issueCode(
            PendingCode(
                clientID: app.clientID, userID: consenting.userID, redirectURI: redirectURI, realmID: realmID,
                scopes: scopes, wantsRealmClaim: true, consented: now, expires: codeExpiry))
    }

    var codeExpiry: Instant { now.advanced(seconds: lifetimes.code) }

    mutating func issueCode(_ pending: PendingCode) -> String { grants.issueCode(pending, random: &random) }

    /// Only an administrator can consent, on the page and otherwise.
    private func consenting(_ name: String?, realmID: String) throws(SandboxError) -> SandboxUser {
        let company = companies[try company(realmID)].name
        guard let name else { return try owner(of: realmID) }
        let user = try user(name)
        guard user.administers(realmID) else {
            throw SandboxError(
                description: "user \(name) is no administrator of \(company) (realmId \(realmID)) and can't connect "
                    + "apps with it; name an administrator, or make the user one.")
        }
        return user
    }

    mutating func setMishaps(_ settings: SandboxMishapSettings) throws(SandboxError) {
        for rates in [settings.rates, settings.tokenRates ?? [:]] {
            for (mishap, rate) in rates where !(0...1).contains(rate) {
                throw SandboxError(
                    description: "The rate of \(mishap.rawValue) is \(rate); give a number from 0 to 1.")
            }
            let sum = rates.values.reduce(0, +)
            guard sum <= 1.000_001 else {
                throw SandboxError(description: "The rates add up to \(sum); lower them until they make at most 1.")
            }
        }
        mishaps.replace(with: settings)
    }

    mutating func setLifetimes(_ new: TokenLifetimes) throws(SandboxError) {
        for (name, seconds) in new.named where !(0...TokenLifetimes.longest).contains(seconds) {
            throw SandboxError(
                description:
                    "\(name) is \(seconds); give a whole number of seconds from 0 to \(TokenLifetimes.longest), ten years."
            )
        }
        lifetimes = new
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
