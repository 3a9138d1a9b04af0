// SPDX-License-Identifier: Apache-2.0
import HTTPTransport
import HTTPTypes

/// `POST /oauth2/v1/tokens/bearer`: exchanges codes and refreshes tokens, with the
/// answers and refusals seen from Intuit.
extension SandboxState {
    /// The endpoint behind outages, mishaps, and answers that are to be lost.
    mutating func tokenCall(_ call: IncomingCall) -> SandboxReply {
        if let reply = outageReply(.token, call) {
            counters.tokenRequests += 1
            return reply
        }
        silenceOfThisAnswer = nil
        let reply = undergo(.token, call) { state, _ in state.tokenEndpoint(call) }
        return silenceOfThisAnswer.map { .silence($0) } ?? reply
    }

    private mutating func tokenEndpoint(_ call: IncomingCall) -> TransportResponse {
        counters.tokenRequests += 1
        do {
            return try grantTokens(call)
        } catch {
            return response(to: error)
        }
    }

    private mutating func grantTokens(_ call: IncomingCall) throws(OAuthFault) -> TransportResponse {
        guard call.method == .post else { throw .request("Use POST") }
        let form = FormFields(call.body)
        if form.repeatedName != nil { throw .request("A parameter is repeated") }
        guard let credentials = ClientCredentials(headers: call.headers, form: form) else {
            throw .request("Client credentials are missing")
        }
        let app = try authenticated(credentials)
        if let scope = form["scope"] {
            let asked = Set(scope.split(separator: " ").map(String.init))
            guard asked.isSubset(of: registry.scopes(ofClient: app.clientID)) else { throw .scope }
        }
        let wantsHardEnd = IntuitFields.hardExpiry.flatMap { call.headers[$0] }?.lowercased() == "true"
        switch form["grant_type"] {
        case "authorization_code": return try exchange(form, app: app, wantsHardEnd: wantsHardEnd)
        case "refresh_token": return try refresh(form, app: app, wantsHardEnd: wantsHardEnd)
        case nil: throw .request("grant_type is missing")
        default: throw .grantType
        }
    }

    func authenticated(_ credentials: ClientCredentials) throws(OAuthFault) -> SandboxApp {
        guard let app = registry.keys[credentials.clientID],
            credentials.secret == app.clientSecret || credentials.secret == app.previousSecret
        else { throw .client }
        guard app.isAllowed else { throw .clientNotAllowed }
        return app
    }

    private mutating func exchange(
        _ form: FormFields, app: SandboxApp, wantsHardEnd: Bool
    ) throws(OAuthFault) -> TransportResponse {
        guard let code = form["code"], let redirectURI = form["redirect_uri"] else {
            throw .request("code or redirect_uri is missing")
        }
        guard let pending = grants.pendingCode(code) else { throw .code }
        if pending.clientID != app.clientID { throw .codeOfOtherClient }
        if let grant = pending.grant {
            if options.codeReuseRevokesGrant { grants.revoke(grant) }
            throw .code
        }
        if now >= pending.expires || !sameBytes(pending.redirectURI, redirectURI) { throw .code }
        if let realmID = pending.realmID, people.isOutside(pending.userID, realmID: realmID) {
            throw .refreshToken(.userRemoved)
        }
        let idToken = try pending.scopes.contains("openid") ? idToken(pending) : nil
        let grant = grants.open(
            app: app, userID: pending.userID, realmID: pending.realmID, scopes: pending.scopes, lifetimes: lifetimes,
            now: now, random: &random)
        grants.markExchanged(code, for: grant)
        return tokens(for: grant, idToken: idToken, wantsHardEnd: wantsHardEnd)
    }

    private mutating func refresh(
        _ form: FormFields, app: SandboxApp, wantsHardEnd: Bool
    ) throws(OAuthFault) -> TransportResponse {
        guard let token = form["refresh_token"], !token.isEmpty else {
            throw .request("refresh_token is missing")
        }
        let grant: Int
        do {
            grant = try grants.grant(refreshToken: token, clientID: app.clientID, people: people, now: now)
        } catch {
            throw .refreshToken(error)
        }
        let lost = lostAnswers.take(for: grants[grant])
        silenceOfThisAnswer = lost?.silence
        // The previous refresh token, while it still works, is answered with the present one.
        if grants[grant].refreshToken == token {
            if lost?.rotates == true {
                grants.rotate(grant, lifetimes: lifetimes, now: now, random: &random)
            } else {
                grants.rotateIfDue(grant, lifetimes: lifetimes, now: now, random: &random)
            }
        }
        return tokens(for: grant, idToken: nil, wantsHardEnd: wantsHardEnd)
    }

    private mutating func tokens(for index: Int, idToken: String?, wantsHardEnd: Bool) -> TransportResponse {
        let access = grants.issueAccessToken(for: index, lifetimes: lifetimes, now: now, random: &random)
        let grant = grants[index]
        var answer: [String: JSONValue] = [
            "token_type": .string("bearer"),
            "access_token": .string(access),
            "expires_in": .integer(lifetimes.access),
            "refresh_token": .string(grant.refreshToken),
            "x_refresh_token_expires_in": .integer(now.seconds(until: grant.idleEnd)),
        ]
        answer["id_token"] = idToken.map { .string($0) }
        if wantsHardEnd { answer["x_refresh_token_hard_expires_in"] = .integer(now.seconds(until: grant.hardEnd)) }
        return Answer.json(200, .object(answer), fields: IntuitFields.uncached)
    }
}
