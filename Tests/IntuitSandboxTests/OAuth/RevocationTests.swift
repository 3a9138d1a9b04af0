// SPDX-License-Identifier: Apache-2.0
import HTTPTransport
import HTTPTypes
import IntuitSandbox
import Testing

@Suite("Revocation")
struct RevocationTests {
    let caller = SandboxCaller()

    private func revoke(_ token: String, asJSON: Bool = true, basicOf app: SandboxApp? = .development) async throws
        -> TransportResponse
    {
        var headers: [String: String] = [:]
        headers["Authorization"] = app.map(basic)
        guard asJSON else {
            return try await caller.form("/v2/oauth2/tokens/revoke", [("token", token)], headers: headers)
        }
        headers["Content-Type"] = "application/json"
        return try await caller.send(
            .post, "/v2/oauth2/tokens/revoke", headers: headers, body: "{\"token\":\"\(token)\"}")
    }

    @Test("By refresh token or access token, as JSON or as a form: 200 with no body, and both tokens are dead")
    func forms() async throws {
        for (useAccess, asJSON) in [(false, true), (false, false), (true, true), (true, false)] {
            let grant = try caller.grant()
            let answer = try await revoke(useAccess ? grant.accessToken : grant.refreshToken, asJSON: asJSON)
            #expect(answer.statusCode == 200)
            #expect(answer.body.isEmpty)
            #expect(try await caller.refresh(grant.refreshToken).statusCode == 400)
            #expect(try await caller.api(.get, "companyinfo/1", token: grant.accessToken).statusCode == 403)
            #expect(try await revoke(grant.refreshToken).statusCode == 400, "a second time")
        }
    }

    @Test("Another consent of the same company goes on")
    func others() async throws {
        let first = try caller.grant()
        let second = try caller.grant()
        #expect(try await revoke(first.refreshToken).statusCode == 200)
        #expect(try await caller.refresh(second.refreshToken).statusCode == 200)
    }

    @Test("Another client's credentials are 401, none or those in the form are 400, and nothing is revoked")
    func credentials() async throws {
        let grant = try caller.grant()
        let stranger = try await revoke(grant.refreshToken, basicOf: .production)
        #expect(stranger.statusCode == 401)
        #expect(stranger.text == "{\"error\":\"invalid_client\"}")
        #expect(try await revoke(grant.refreshToken, basicOf: nil).statusCode == 400)
        let inForm = try await caller.form(
            "/v2/oauth2/tokens/revoke",
            [
                ("token", grant.refreshToken), ("client_id", SandboxApp.development.clientID),
                ("client_secret", SandboxApp.development.clientSecret),
            ])
        #expect(inForm.statusCode == 400)
        #expect(try await caller.refresh(grant.refreshToken).statusCode == 200)
    }

    @Test("A string that was rotated away, an expired token or rubbish is 400 and revokes nothing")
    func dead() async throws {
        let grant = try caller.grant()
        caller.sandbox.advance(by: .seconds(86_400))
        let newest = try await caller.refresh(grant.refreshToken).string("refresh_token")
        for token in [grant.refreshToken, grant.accessToken, "rubbish", ""] {
            #expect(try await revoke(token).string("error") == "invalid_request")
        }
        #expect(try await caller.refresh(newest).statusCode == 200)
    }
}
