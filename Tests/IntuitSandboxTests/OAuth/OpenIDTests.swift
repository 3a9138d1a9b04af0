// SPDX-License-Identifier: Apache-2.0
import Crypto
import CryptoExtras
import Foundation
import HTTPTransport
import HTTPTypes
import IntuitSandbox
import Testing

@Suite("OpenID: id_token, signing keys, userinfo")
struct OpenIDTests {
    let caller = SandboxCaller()
    private static let redirect = SandboxApp.presetRedirectURIs[0]

    private func tokens(
        scope: String, claims: String? = nil, app: SandboxApp = .development, realm: String? = rentalRealm
    ) async throws -> (tokens: TransportResponse, redirect: [String: String]) {
        var fields = [
            ("client_id", app.clientID), ("response_type", "code"), ("scope", scope),
            ("redirect_uri", Self.redirect), ("state", "s"), ("decision", "connect"),
        ]
        if let claims { fields.append(("claims", claims)) }
        if let realm { fields.append(("realmId", realm)) }
        let back = try await caller.form("/connect/oauth2/decision", fields).redirectFields()
        let code = try #require(back["code"], "\(back)")
        let answer = try await caller.token(
            [("grant_type", "authorization_code"), ("code", code), ("redirect_uri", Self.redirect)], app: app)
        return (answer, back)
    }

    private func decoded(_ part: Substring) throws -> Data {
        let plain = part.replacing("-", with: "+").replacing("_", with: "/")
        return try #require(Data(base64Encoded: plain + String(repeating: "=", count: (4 - plain.count % 4) % 4)))
    }

    /// The claims, if the signature fits the published key of that name.
    private func verified(_ token: String) async throws -> [String: Any] {
        let parts = token.split(separator: ".")
        try #require(parts.count == 3)
        let header = try #require(try JSONSerialization.jsonObject(with: decoded(parts[0])) as? [String: String])
        #expect(header["alg"] == "RS256")
        let keys = try #require(try await caller.send(.get, "/op/v1/jwks").object()["keys"] as? [[String: String]])
        let published = try #require(keys.first { $0["kid"] == header["kid"] })
        #expect(published["kty"] == "RSA" && published["use"] == "sig" && published["alg"] == "RS256")
        #expect(published["e"] == "AQAB")
        let key = try _RSA.Signing.PublicKey(
            n: decoded(try #require(published["n"])[...]), e: decoded(try #require(published["e"])[...]))
        let signature = _RSA.Signing.RSASignature(rawRepresentation: try decoded(parts[2]))
        let signed = Data("\(parts[0]).\(parts[1])".utf8)
        #expect(key.isValidSignature(signature, for: signed, padding: .insecurePKCS1v1_5))
        #expect(!key.isValidSignature(signature, for: signed + Data("x".utf8), padding: .insecurePKCS1v1_5))
        return try #require(try JSONSerialization.jsonObject(with: decoded(parts[1])) as? [String: Any])
    }

    @Test("A code with openid brings an id_token that the published key proves; a refresh brings none")
    func idToken() async throws {
        let answer = try await tokens(scope: "openid com.intuit.quickbooks.accounting").tokens
        let claims = try await verified(answer.string("id_token"))
        #expect(claims["iss"] as? String == "https://oauth.platform.intuit.com/op/v1")
        #expect(claims["aud"] as? [String] == [SandboxApp.development.clientID])
        #expect(claims["sub"] as? String == caller.sandbox.users[0].userID)
        #expect(claims["iat"] as? Int == 1_795_000_000)
        #expect(claims["exp"] as? Int == 1_795_003_600)
        #expect(claims["auth_time"] as? Int == 1_795_000_000)
        #expect(claims["realmid"] == nil, "nobody asked for it")
        let refreshed = try await caller.refresh(answer.string("refresh_token"))
        #expect(try refreshed.object()["id_token"] == nil)
    }

    @Test("The parameter claims brings the company into the id_token; what isn't JSON is refused")
    func realmClaim() async throws {
        let answer = try await tokens(
            scope: "openid com.intuit.quickbooks.accounting", claims: "{\"id_token\":{\"realmId\":null}}")
        #expect(try await verified(answer.tokens.string("id_token"))["realmid"] as? String == rentalRealm)
        let query = [
            ("client_id", SandboxApp.development.clientID), ("response_type", "code"), ("scope", "openid"),
            ("redirect_uri", Self.redirect), ("state", "s"), ("claims", "realmId"),
        ].map { "\($0.0)=\(encoded($0.1))" }.joined(separator: "&")
        let refused = try await caller.send(.get, "/connect/oauth2?\(query)").redirectFields()
        #expect(refused["error"] == "invalid_request")
    }

    @Test("Without openid there is no id_token")
    func accountingAlone() async throws {
        let answer = try await tokens(scope: "com.intuit.quickbooks.accounting")
        #expect(try answer.tokens.object()["id_token"] == nil)
        #expect(answer.redirect["realmId"] == rentalRealm)
    }

    @Test("A sign-in alone needs no company and names none")
    func signInAlone() async throws {
        let answer = try await tokens(scope: "openid", realm: nil)
        #expect(answer.redirect["realmId"] == nil)
        #expect(try await verified(answer.tokens.string("id_token"))["realmid"] == nil)
        #expect(try await caller.refresh(answer.tokens.string("refresh_token")).statusCode == 200)
    }

    @Test(
        "Userinfo tells what the scopes allow, in Intuit's names",
        arguments: [
            ("openid", ["sub"]), ("openid email", ["email", "emailVerified", "sub"]),
            ("openid profile", ["familyName", "givenName", "sub"]),
            ("openid phone", ["phoneNumber", "phoneNumberVerified", "sub"]), ("openid address", ["address", "sub"]),
            (
                "openid profile email phone address com.intuit.quickbooks.accounting",
                [
                    "address", "email", "emailVerified", "familyName", "givenName", "phoneNumber",
                    "phoneNumberVerified", "sub",
                ]
            ),
        ])
    func userinfo(scope: String, names: [String]) async throws {
        let token = try await tokens(scope: scope).tokens.string("access_token")
        let answer = try await caller.send(
            .get, "/v1/openid_connect/userinfo", headers: ["Authorization": "Bearer \(token)"])
        #expect(answer.statusCode == 200)
        #expect(try answer.object().keys.sorted() == names)
        guard names.contains("address") else { return }
        let address = try #require(try answer.object()["address"] as? [String: String])
        #expect(address.keys.sorted() == ["country", "locality", "postalCode", "region", "streetAddress"])
    }

    @Test("Userinfo is bound to its environment, and refuses tokens that are unknown, expired or without openid")
    func userinfoRefusals() async throws {
        let sandbox = try await tokens(scope: "openid").tokens.string("access_token")
        let production = try await tokens(scope: "openid", app: .production).tokens.string("access_token")
        let accounting = try caller.grant().accessToken
        let rows = [
            (sandbox, "", 200), (sandbox, "/production", 401), (production, "/production", 200),
            (production, "", 401), (accounting, "", 403), ("nothing", "", 401),
        ]
        for (token, prefix, status) in rows {
            let answer = try await caller.send(
                .get, "\(prefix)/v1/openid_connect/userinfo", headers: ["Authorization": "Bearer \(token)"])
            #expect(answer.statusCode == status, "\(prefix)")
            if status != 200 { #expect(try answer.header("WWW-Authenticate")?.hasPrefix("Bearer ") == true) }
        }
        caller.sandbox.advance(by: .seconds(3600))
        let late = try await caller.send(
            .get, "/v1/openid_connect/userinfo", headers: ["Authorization": "Bearer \(sandbox)"])
        #expect(late.statusCode == 401)
    }

    @Test("The discovery documents lead to both userinfo addresses and to the keys")
    func discovery() async throws {
        for base in ["http://127.0.0.1:8711", "http://127.0.0.1:8711/production"] {
            var caller = caller
            caller.base = base
            let sandbox = try await caller.send(.get, "/.well-known/openid_sandbox_configuration")
            let production = try await caller.send(.get, "/.well-known/openid_configuration")
            #expect(
                try sandbox.string("userinfo_endpoint") == "http://127.0.0.1:8711/v1/openid_connect/userinfo")
            #expect(
                try production.string("userinfo_endpoint")
                    == "http://127.0.0.1:8711/production/v1/openid_connect/userinfo")
            #expect(try sandbox.string("jwks_uri") == "\(base)/op/v1/jwks")
        }
        var atIntuit = caller
        atIntuit.base = "https://sandbox-accounts.platform.intuit.com"
        let token = try await tokens(scope: "openid").tokens.string("access_token")
        let headers = ["Authorization": "Bearer \(token)"]
        #expect(try await atIntuit.send(.get, "/v1/openid_connect/userinfo", headers: headers).statusCode == 200)
        atIntuit.base = "https://accounts.platform.intuit.com"
        #expect(try await atIntuit.send(.get, "/v1/openid_connect/userinfo", headers: headers).statusCode == 401)
    }
}
