// SPDX-License-Identifier: Apache-2.0
import HTTPTransport
import HTTPTypes

/// `POST /oauth2/v1/tokens/bearer`: exchanges codes and refreshes tokens, with the
/// answers and refusals seen from Intuit.
extension SandboxState {
    mutating func tokenEndpoint(_ call: IncomingCall) -> TransportResponse {
        counters.tokenRequests += 1
        do {
            return try grantTokens(call)
        } catch {
            return error.response
        }
    }

    private mutating func grantTokens(_ call: IncomingCall) throws(OAuthFault) -> TransportResponse {
        guard call.method == .post else { throw .invalidRequest("Use POST") }
        let form = FormFields(call.body)
        if form.repeatedName != nil { throw .invalidRequest("A parameter is repeated") }
        guard let credentials = ClientCredentials(headers: call.headers, form: form) else {
            throw .invalidRequest("Client credentials are missing")
        }
        let app = try authenticated(credentials)
        if let scope = form["scope"], !Set(scope.split(separator: " ").map(String.init)).isSubset(of: Scopes.known) {
            throw .invalidScope
        }
        let wantsHardEnd = IntuitFields.hardExpiry.flatMap { call.headers[$0] }?.lowercased() == "true"
        switch form["grant_type"] {
        case "authorization_code": return try exchange(form, app: app, wantsHardEnd: wantsHardEnd)
        case "refresh_token": return try refresh(form, app: app, wantsHardEnd: wantsHardEnd)
        case nil: throw .invalidRequest("grant_type is missing")
        default: throw .unsupportedGrantType
        }
    }

    func authenticated(_ credentials: ClientCredentials) throws(OAuthFault) -> SandboxApp {
        guard let app = registry.keys[credentials.clientID],
            credentials.secret == app.clientSecret || credentials.secret == app.previousSecret
        else { throw .invalidClient }
        guard app.isAllowed else { throw .unauthorizedClient }
        return app
    }

    private mutating func exchange(
        _ form: FormFields, app: SandboxApp, wantsHardEnd: Bool
    ) throws(OAuthFault) -> TransportResponse {
        guard let code = form["code"], let redirectURI = form["redirect_uri"] else {
            throw .invalidRequest("code or redirect_uri is missing")
        }
        guard let pending = grants.pendingCode(code) else { throw .invalidGrant }
        if pending.clientID != app.clientID { throw .wrongTokenOrClient }
        if let grant = pending.grant {
            if options.codeReuseRevokesGrant { grants.revoke(grant) }
            throw .invalidGrant
        }
        if now >= pending.expires || pending.redirectURI != redirectURI { throw .invalidGrant }
        let grant = grants.open(
            app: app, userID: pending.userID, realmID: pending.realmID, scopes: pending.scopes, lifetimes: lifetimes,
            now: now,
            random: &random)
        grants.markExchanged(code, for: grant)
        return tokens(for: grant, wantsHardEnd: wantsHardEnd)
    }

    private mutating func refresh(
        _ form: FormFields, app: SandboxApp, wantsHardEnd: Bool
    ) throws(OAuthFault) -> TransportResponse {
        guard let token = form["refresh_token"], !token.isEmpty else {
            throw .invalidRequest("refresh_token is missing")
        }
        let grant: Int
        do {
            grant = try grants.grant(refreshToken: token, clientID: app.clientID, people: people, now: now)
        } catch {
            throw OAuthFault(error)
        }
        // The previous string, while it still works, is answered with the present one.
        if grants[grant].refreshToken == token {
            grants.rotateIfDue(grant, lifetimes: lifetimes, now: now, random: &random)
        }
        return tokens(for: grant, wantsHardEnd: wantsHardEnd)
    }

    private mutating func tokens(for index: Int, wantsHardEnd: Bool) -> TransportResponse {
        let access = grants.issueAccessToken(for: index, lifetimes: lifetimes, now: now, random: &random)
        let grant = grants[index]
        var answer: [String: JSONValue] = [
            "token_type": .string("bearer"),
            "access_token": .string(access),
            "expires_in": .integer(lifetimes.access),
            "refresh_token": .string(grant.refreshToken),
            "x_refresh_token_expires_in": .integer(now.seconds(until: grant.idleEnd)),
        ]
        if wantsHardEnd { answer["x_refresh_token_hard_expires_in"] = .integer(now.seconds(until: grant.hardEnd)) }
        return Answer.json(200, .object(answer), fields: IntuitFields.uncached)
    }
}
