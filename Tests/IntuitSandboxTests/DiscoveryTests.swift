// SPDX-License-Identifier: Apache-2.0
import HTTPTypes
import HTTPTransport
import IntuitSandbox
import Testing

@Suite("Discovery")
struct DiscoveryTests {
    @Test(
        "Addresses match the server that was asked, prefix included",
        arguments: ["http://127.0.0.1:8711", "http://localhost:9", "http://localhost:9/production"])
    func own(base: String) async throws {
        var caller = SandboxCaller()
        caller.base = base
        for name in ["openid_configuration", "openid_sandbox_configuration"] {
            let document = try await caller.send(.get, "/.well-known/\(name)")
            #expect(try document.string("authorization_endpoint") == "\(base)/connect/oauth2")
            #expect(try document.string("token_endpoint") == "\(base)/oauth2/v1/tokens/bearer")
            #expect(try document.string("revocation_endpoint") == "\(base)/v2/oauth2/tokens/revoke")
            #expect(try document.string("issuer") == "https://oauth.platform.intuit.com/op/v1")
        }
    }

    @Test("Asked at Intuit's own host the documents are Intuit's, and differ in userinfo alone")
    func intuits() async throws {
        var caller = SandboxCaller()
        caller.base = "https://developer.api.intuit.com"
        let production = try await caller.send(.get, "/.well-known/openid_configuration").object()
        let sandbox = try await caller.send(.get, "/.well-known/openid_sandbox_configuration").object()
        #expect(production["token_endpoint"] as? String == "https://oauth.platform.intuit.com/oauth2/v1/tokens/bearer")
        #expect(sandbox["authorization_endpoint"] as? String == "https://appcenter.intuit.com/connect/oauth2")
        let differing = production.keys.filter { "\(production[$0] ?? "")" != "\(sandbox[$0] ?? "")" }
        #expect(differing == ["userinfo_endpoint"])
    }

    @Test("The home page says what it is and what it isn't; other addresses are 404")
    func home() async throws {
        let caller = SandboxCaller()
        let home = try await caller.send(.get, "/")
        #expect(home.text.contains("What it does not imitate"))
        #expect(home.text.contains("http://127.0.0.1:8711/oauth2/v1/tokens/bearer"))
        #expect(try await caller.send(.get, "/nowhere").statusCode == 404)
    }
}
