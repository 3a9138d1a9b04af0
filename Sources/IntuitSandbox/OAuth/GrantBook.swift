// SPDX-License-Identifier: Apache-2.0

/// Every code, grant and token the sandbox has handed out.
struct GrantBook: Sendable {
    /// Why a refresh token isn't accepted.
    enum Refusal: Error, Equatable {
        case unknown, wrongKind, otherClient, expired, rotatedAway, revoked, userRemoved(realm: String)
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
        app: SandboxApp, userID: String, realmID: String, scopes: [String], lifetimes: TokenLifetimes,
        now: Instant, random: inout SeededRandom
    ) -> Int {
        let idleEnd = now.advanced(seconds: lifetimes.refreshIdle)
        let token = TokenText.refresh(rotation: 0, expires: idleEnd, random: &random)
        grants.append(
            Grant(
                clientID: app.clientID, userID: userID, environment: app.environment, realmID: realmID, scopes: scopes,
                consented: now,
                refreshToken: token, issued: now, idleEnd: idleEnd,
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
        if now >= grant.hardEnd || now >= grant.idleEnd { throw .expired }
        if grant.refreshToken != refreshToken {
            guard let previous = grant.previous, previous.token == refreshToken, now < previous.dies else {
                throw .rotatedAway
            }
        }
        if people.isOutside(grant.userID, realmID: grant.realmID) { throw .userRemoved(realm: grant.realmID) }
        return index
    }

    /// Gives the grant a new refresh token once the present one has had its day.
    mutating func rotateIfDue(_ index: Int, lifetimes: TokenLifetimes, now: Instant, random: inout SeededRandom) {
        guard now >= grants[index].issued.advanced(seconds: lifetimes.rotationWindow) else { return }
        let old = grants[index].refreshToken
        let idleEnd = now.advanced(seconds: lifetimes.refreshIdle)
        let rotation = grants[index].rotations + 1
        let token = TokenText.refresh(rotation: rotation, expires: idleEnd, random: &random)
        grants[index].previous = Grant.Previous(token: old, dies: now.advanced(seconds: lifetimes.overlap))
        grants[index].refreshToken = token
        grants[index].issued = now
        grants[index].idleEnd = idleEnd
        grants[index].rotations = rotation
        grantOfRefreshToken[token] = index
    }

    mutating func revoke(_ index: Int) { grants[index].isRevoked = true }

    mutating func revokeAll(where isMeant: (Grant) -> Bool) {
        for index in grants.indices where isMeant(grants[index]) { grants[index].isRevoked = true }
    }

    /// The grant behind any token, refresh or access, current or not.
    func grant(ofAnyToken token: String) -> Int? { grantOfRefreshToken[token] ?? accessTokens[token]?.grant }

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
