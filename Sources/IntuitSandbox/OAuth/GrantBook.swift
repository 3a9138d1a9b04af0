// SPDX-License-Identifier: Apache-2.0

/// Every code, grant and token the sandbox has handed out.
struct GrantBook: Sendable {
    /// Why a refresh token isn't accepted.
    enum Refusal: Error, Equatable {
        case unknown, wrongKind, otherClient, expired, rotatedAway, revoked, userRemoved
    }

    private(set) var grants: [Grant] = []
    private var codes: [String: PendingCode] = [:]
    /// Every refresh token ever given, old ones too, so that a refusal can tell them apart.
    private var grantOfRefreshToken: [String: Int] = [:]
    private var accessTokens: [String: AccessToken] = [:]
    private var pruneAccessTokensAt = 4096

    subscript(grant: Int) -> Grant { grants[grant] }

    /// Grants that nobody has revoked, expired ones too, in the order of their consents.
    var standing: [Grant] { grants.filter { !$0.isRevoked } }

    // MARK: Codes

    mutating func issueCode(_ pending: PendingCode, random: inout SeededRandom) -> String {
        let code = TokenText.code(expires: pending.expires, random: &random)
        codes[code] = pending
        return code
    }

    func pendingCode(_ code: String) -> PendingCode? { codes[code] }

    mutating func markExchanged(_ code: String, for grant: Int) { codes[code]?.grant = grant }

    // MARK: Grants

    mutating func open(
        app: SandboxApp, userID: String, realmID: String?, scopes: [String], lifetimes: TokenLifetimes,
        now: Instant, random: inout SeededRandom
    ) -> Int {
        let idleEnd = now.advanced(seconds: lifetimes.refreshIdle)
        let token = TokenText.refresh(rotation: 0, expires: idleEnd, random: &random)
        grants.append(
            Grant(
                clientID: app.clientID, userID: userID, environment: app.environment, realmID: realmID, scopes: scopes,
                consented: now, refreshToken: token, issued: now, idleEnd: idleEnd,
                hardEnd: now.advanced(seconds: lifetimes.refreshHard)))
        grantOfRefreshToken[token] = grants.count - 1
        return grants.count - 1
    }

    /// Finds the grant a refresh token stands for, or says why it no longer does.
    func grant(refreshToken: String, clientID: String, people: People, now: Instant) throws(Refusal) -> Int {
        guard let index = grantOfRefreshToken[refreshToken] else {
            throw accessTokens[refreshToken] != nil || codes[refreshToken] != nil ? .wrongKind : .unknown
        }
        let grant = grants[index]
        if grant.clientID != clientID { throw .otherClient }
        if grant.isRevoked { throw .revoked }
        if !grant.isLive(at: now) { throw .expired }
        if !works(refreshToken, for: grant, now: now) { throw .rotatedAway }
        if let realmID = grant.realmID, people.isOutside(grant.userID, realmID: realmID) { throw .userRemoved }
        return index
    }

    private func works(_ refreshToken: String, for grant: Grant, now: Instant) -> Bool {
        grant.refreshToken == refreshToken
            || grant.previous.contains { $0.token == refreshToken && now < $0.dies }
    }

    /// Gives the grant a new refresh token once the present one has the age of the rotation window.
    mutating func rotateIfDue(_ index: Int, lifetimes: TokenLifetimes, now: Instant, random: inout SeededRandom) {
        guard now >= grants[index].issued.advanced(seconds: lifetimes.rotationWindow) else { return }
        rotate(index, lifetimes: lifetimes, now: now, random: &random)
    }

    /// Gives the grant a new refresh token; the old one works on for the overlap, if there is any.
    mutating func rotate(_ index: Int, lifetimes: TokenLifetimes, now: Instant, random: inout SeededRandom) {
        var grant = grants[index]
        grant.previous.removeAll { $0.dies <= now }
        if lifetimes.overlap > 0 {
            let dies = now.advanced(seconds: lifetimes.overlap)
            grant.previous.append(Grant.Previous(token: grant.refreshToken, dies: dies))
        }
        grant.rotations += 1
        grant.issued = now
        grant.idleEnd = now.advanced(seconds: lifetimes.refreshIdle)
        grant.refreshToken = TokenText.refresh(rotation: grant.rotations, expires: grant.idleEnd, random: &random)
        grants[index] = grant
        grantOfRefreshToken[grant.refreshToken] = index
    }

    mutating func revoke(_ index: Int) { grants[index].isRevoked = true }

    mutating func revokeAll(where isMeant: (Grant) -> Bool) {
        for index in grants.indices where isMeant(grants[index]) { grants[index].isRevoked = true }
    }

    /// Lets one of a grant's two clocks run out at this moment, and ends its access tokens.
    mutating func expire(_ index: Int, _ end: WritableKeyPath<Grant, Instant>, now: Instant) {
        grants[index][keyPath: end] = now
        for (token, access) in accessTokens where access.grant == index && access.expires > now {
            accessTokens[token]?.expires = now
        }
    }

    /// The grant that a token which still works belongs to.
    func grant(ofWorkingToken token: String, now: Instant) -> Int? {
        if let access = accessTokens[token] { return now < access.expires ? access.grant : nil }
        guard let index = grantOfRefreshToken[token] else { return nil }
        return works(token, for: grants[index], now: now) ? index : nil
    }

    // MARK: Access tokens

    mutating func issueAccessToken(
        for grant: Int, lifetimes: TokenLifetimes, now: Instant, random: inout SeededRandom
    ) -> String {
        let token = TokenText.access(random: &random)
        accessTokens[token] = AccessToken(grant: grant, expires: now.advanced(seconds: lifetimes.access))
        if accessTokens.count > pruneAccessTokensAt {
            accessTokens = accessTokens.filter { $0.value.expires > now }
            pruneAccessTokensAt = max(4096, accessTokens.count * 2)
        }
        return token
    }

    func accessToken(_ token: String) -> AccessToken? { accessTokens[token] }
}
