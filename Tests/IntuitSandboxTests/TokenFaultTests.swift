// SPDX-License-Identifier: Apache-2.0
import Foundation
import HTTPTransport
import HTTPTypes
import IntuitSandbox
import Testing

@Suite("Faults of the token endpoint")
struct TokenFaultTests {
    let caller = SandboxCaller()

    private func expect(
        _ answer: TransportResponse, _ status: Int, _ body: [String: String],
        _ location: SourceLocation = #_sourceLocation
    ) throws {
        #expect(answer.statusCode == status, sourceLocation: location)
        #expect(try answer.object() as? [String: String] == body, sourceLocation: location)
    }

    @Test("An unknown refresh token")
    func unknown() async throws {
        try expect(
            await caller.refresh("RT1-9-H0-nothing"), 400,
            ["error": "invalid_grant", "error_description": "Incorrect or invalid refresh token"])
    }

    @Test("A revoked one")
    func revoked() async throws {
        let grant = try caller.grant()
        let revocation = try await caller.send(
            .post, "/v2/oauth2/tokens/revoke",
            headers: ["Authorization": basic(.development), "Content-Type": "application/json"],
            body: "{\"token\":\"\(grant.refreshToken)\"}")
        #expect(revocation.statusCode == 200)
        #expect(revocation.body.isEmpty)
        try expect(
            await caller.refresh(grant.refreshToken), 400,
            ["error": "invalid_grant", "error_description": "Token invalid"])
        #expect(try await caller.api(.get, "companyinfo/1", token: grant.accessToken).statusCode == 403)
        let again = try await caller.form(
            "/v2/oauth2/tokens/revoke", [("token", grant.refreshToken)],
            headers: ["Authorization": basic(.development)])
        #expect(again.statusCode == 400)
    }

    @Test("Revoking by access token, as a form, ends the grant; another client may not")
    func revokeByAccessToken() async throws {
        let grant = try caller.grant()
        let stranger = try await caller.form(
            "/v2/oauth2/tokens/revoke", [("token", grant.accessToken)], headers: ["Authorization": basic(.production)])
        try expect(stranger, 401, ["error": "invalid_client"])
        let owner = try await caller.form(
            "/v2/oauth2/tokens/revoke", [("token", grant.accessToken)], headers: ["Authorization": basic(.development)])
        #expect(owner.statusCode == 200)
        #expect(try await caller.refresh(grant.refreshToken).statusCode == 400)
    }

    @Test("Another client's, an access token or a code given as a refresh token")
    func wrongKind() async throws {
        let grant = try caller.grant()
        let code = try caller.sandbox.mintCode(
            clientID: SandboxApp.development.clientID, realmID: rentalRealm,
            redirectURI: SandboxApp.presetRedirectURIs[0])
        let body = ["error": "invalid_grant", "error_description": "Incorrect Token type or clientID"]
        try expect(await caller.refresh(grant.refreshToken, app: .production), 400, body)
        try expect(await caller.refresh(grant.accessToken), 400, body)
        try expect(await caller.refresh(code), 400, body)
    }

    @Test("A user removed from the company")
    func userRemoved() async throws {
        let grant = try caller.grant()
        try caller.sandbox.setMembership(userIsMember: false, realmID: rentalRealm)
        try expect(
            await caller.refresh(grant.refreshToken), 400,
            [
                "error": "invalid_grant",
                "error_description": "Unauthorized Request: User is not a member of the specified Realm",
                "x_error_reason": "user_not_in_realm",
                "x_error_reason_detail": "The user is not in the specified realm",
            ])
    }

    @Test("A wrong secret or an unknown client")
    func wrongClient() async throws {
        let fields = [("grant_type", "refresh_token"), ("refresh_token", "x")]
        for pair in ["\(SandboxApp.development.clientID):wrong", "nobody:nothing"] {
            let header = "Basic \(Data(pair.utf8).base64EncodedString())"
            let answer = try await caller.form(
                "/oauth2/v1/tokens/bearer", fields, headers: ["Authorization": header])
            try expect(answer, 401, ["error": "invalid_client"])
        }
    }

    @Test(
        "Missing or repeated parameters are invalid_request",
        arguments: [
            [], [("grant_type", "refresh_token")], [("grant_type", "authorization_code"), ("code", "x")],
            [("grant_type", "refresh_token"), ("refresh_token", "a"), ("refresh_token", "b")],
        ])
    func invalidRequest(fields: [(String, String)]) async throws {
        let answer = try await caller.token(fields)
        #expect(answer.statusCode == 400)
        #expect(try answer.string("error") == "invalid_request")
    }

    @Test("No credentials at all are invalid_request; credentials in the form are as good as in the header")
    func credentials() async throws {
        let grant = try caller.grant()
        let fields = [("grant_type", "refresh_token"), ("refresh_token", grant.refreshToken)]
        #expect(try await caller.form("/oauth2/v1/tokens/bearer", fields).string("error") == "invalid_request")
        let app = SandboxApp.development
        let answer = try await caller.form(
            "/oauth2/v1/tokens/bearer",
            fields + [("client_id", app.clientID), ("client_secret", app.clientSecret)])
        #expect(answer.statusCode == 200)
    }

    @Test("An unknown grant type, a scope that isn't enabled, an app that isn't allowed")
    func others() async throws {
        try expect(await caller.token([("grant_type", "password")]), 400, ["error": "unsupported_grant_type"])
        let scoped = try await caller.token([
            ("grant_type", "refresh_token"), ("refresh_token", "x"), ("scope", "everything"),
        ])
        try expect(scoped, 400, ["error": "invalid_scope"])
        try caller.sandbox.setAppAllowed(false, clientID: SandboxApp.development.clientID)
        try expect(await caller.refresh("x"), 400, ["error": "unauthorized_client"])
    }
}
