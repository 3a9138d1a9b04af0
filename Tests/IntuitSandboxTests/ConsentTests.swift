// SPDX-License-Identifier: Apache-2.0
import HTTPTransport
import HTTPTypes
import IntuitSandbox
import Testing

@Suite("Consent")
struct ConsentTests {
    let caller = SandboxCaller()
    private static let redirect = SandboxApp.presetRedirectURIs[0]
    private static let question = [
        ("client_id", SandboxApp.development.clientID), ("response_type", "code"),
        ("scope", "com.intuit.quickbooks.accounting"), ("redirect_uri", redirect), ("state", "a b&c=d"),
    ]

    private func ask(_ fields: [(String, String)]) async throws -> TransportResponse {
        try await caller.send(.get, "/connect/oauth2?" + fields.map { "\($0)=\(encoded($1))" }.joined(separator: "&"))
    }

    private func question(_ name: String, _ value: String?) -> [(String, String)] {
        Self.question.compactMap { $0.0 == name ? value.map { (name, $0) } : $0 }
    }

    @Test("The page names both companies and has the buttons Connect and Cancel")
    func page() async throws {
        let page = try await ask(Self.question)
        #expect(page.statusCode == 200)
        for part in [rentalRealm, emptyRealm, ">Connect</button>", ">Cancel</button>", "value=\"a b&amp;c=d\""] {
            #expect(page.text.contains(part), "\(part)")
        }
        #expect(try page.header("intuit_tid")?.hasPrefix("1-") == true)
    }

    @Test("Connect leads back with code, state and realmId, and the code buys tokens once")
    func connect() async throws {
        let back = try await caller.form(
            "/connect/oauth2/decision", Self.question + [("realmId", emptyRealm), ("decision", "connect")])
        #expect(back.statusCode == 302)
        #expect(try back.header("Location")?.hasPrefix(Self.redirect + "?code=") == true)
        let fields = try back.redirectFields()
        #expect(fields["state"] == "a b&c=d")
        #expect(fields["realmId"] == emptyRealm)
        let code = try #require(fields["code"])
        let exchange = [("grant_type", "authorization_code"), ("code", code), ("redirect_uri", Self.redirect)]

        let wrongPlace = try await caller.token(
            [("grant_type", "authorization_code"), ("code", code), ("redirect_uri", Self.redirect + "/")])
        #expect(wrongPlace.statusCode == 400)
        #expect(try wrongPlace.object() as? [String: String] == ["error": "invalid_grant"])

        let tokens = try await caller.token(exchange)
        #expect(tokens.statusCode == 200)
        #expect(try tokens.int("expires_in") == 3600)
        #expect(try tokens.int("x_refresh_token_expires_in") == 8_726_400)
        #expect(try tokens.object()["x_refresh_token_hard_expires_in"] == nil)
        #expect(try tokens.string("refresh_token").hasPrefix("RT1-0-H0-"))
        #expect(try tokens.string("access_token").split(separator: ".", omittingEmptySubsequences: false).count == 5)
        #expect(try tokens.header("Cache-Control") == "no-cache, no-store")

        let again = try await caller.token(exchange)
        #expect(try again.object() as? [String: String] == ["error": "invalid_grant"])
        let afterwards = try await caller.refresh(tokens.string("refresh_token"))
        #expect(try afterwards.string("error_description") == "Token invalid", "a reused code ends the grant")
    }

    @Test("A code no longer works after ten minutes")
    func codeLifetime() async throws {
        for (wait, status) in [(599, 200), (600, 400)] {
            let code = try caller.sandbox.mintCode(
                clientID: SandboxApp.development.clientID, realmID: rentalRealm, redirectURI: Self.redirect)
            caller.sandbox.advance(by: .seconds(wait))
            let answer = try await caller.token(
                [("grant_type", "authorization_code"), ("code", code), ("redirect_uri", Self.redirect)])
            #expect(answer.statusCode == status)
        }
    }

    @Test("Cancel leads back with access_denied and the state")
    func cancel() async throws {
        let back = try await caller.form("/connect/oauth2/decision", Self.question + [("decision", "cancel")])
        #expect(try back.redirectFields() == ["error": "access_denied", "state": "a b&c=d"])
    }

    @Test(
        "A redirect URI that differs by a byte, or an unknown client, gets an error page and no redirect",
        arguments: [
            ("redirect_uri", redirect + "/"), ("redirect_uri", "http://localhost:8710/Connection/callback"),
            ("redirect_uri", ""), ("client_id", "nobody"),
        ])
    func mismatch(name: String, value: String) async throws {
        let page = try await ask(question(name, value))
        #expect(page.statusCode == 400)
        #expect(try page.header("Location") == nil)
        #expect(page.text.contains("Redirect URIs"))
        let decision = try await caller.form(
            "/connect/oauth2/decision", question(name, value) + [("realmId", rentalRealm), ("decision", "connect")])
        #expect(decision.statusCode == 400)
    }

    @Test(
        "What is wrong with a question is sent back to the app",
        arguments: [
            ("response_type", "token", "unsupported_response_type"), ("response_type", nil, "invalid_request"),
            ("scope", "com.intuit.everything", "invalid_scope"), ("scope", nil, "invalid_request"),
            ("state", nil, "invalid_request"),
        ] as [(String, String?, String)])
    func refused(name: String, value: String?, error: String) async throws {
        #expect(try await ask(question(name, value)).redirectFields()["error"] == error)
    }

    @Test("Sign-in alone brings no realmId, and its token opens no company")
    func openIDOnly() async throws {
        let back = try await caller.form(
            "/connect/oauth2/decision",
            question("scope", "openid email") + [("realmId", rentalRealm), ("decision", "connect")])
        let fields = try back.redirectFields()
        #expect(fields["realmId"] == nil)
        let tokens = try await caller.token([
            ("grant_type", "authorization_code"), ("code", try #require(fields["code"])),
            ("redirect_uri", Self.redirect),
        ])
        let answer = try await caller.api(.get, "companyinfo/\(rentalRealm)", token: tokens.string("access_token"))
        #expect(answer.statusCode == 403)
    }
}
