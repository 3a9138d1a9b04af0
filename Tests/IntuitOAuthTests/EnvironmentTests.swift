// SPDX-License-Identifier: Apache-2.0
import Foundation
import IntuitOAuth
import Testing

@Suite("Environments and discovery")
struct EnvironmentTests {
    @Test("Intuit's two environments have Intuit's addresses")
    func intuits() {
        let production = IntuitEnvironment.production
        #expect(
            production.discoveryURL.absoluteString
                == "https://developer.api.intuit.com/.well-known/openid_configuration")
        #expect(production.quickBooksURL.absoluteString == "https://quickbooks.api.intuit.com")
        let sandbox = IntuitEnvironment.sandbox
        #expect(
            sandbox.discoveryURL.absoluteString
                == "https://developer.api.intuit.com/.well-known/openid_sandbox_configuration")
        #expect(sandbox.quickBooksURL.absoluteString == "https://sandbox-quickbooks.api.intuit.com")
    }

    @Test(
        "secrets go over https, or stay on this machine",
        arguments: [
            ("https://intuit.example", true), ("http://localhost:8711/x", true), ("http://127.0.0.1:1", true),
            ("http://127.9.9.9", true), ("http://[::1]:80/", true), ("HTTP://LOCALHOST/", true),
            ("http://intuit.example", false), ("http://127.0.0.1.example", false), ("http://localhost.example", false),
            ("http://localhost@intuit.example", false), ("http://127.0.0", false), ("http://127.0.0.+1", false),
            ("ftp://localhost", false), ("/relative", false), ("http://[::2]/", false), ("http://128.0.0.1", false),
            ("https:/path?://intuit.example", false), ("https:://intuit.example/", false), ("https://:443/", false),
        ])
    func loopbackOnly(text: String, isAllowed: Bool) throws {
        let url = try #require(URL(string: text))
        if isAllowed {
            let environment = try IntuitEnvironment(name: "desk", discoveryURL: url, quickBooksURL: url)
            #expect(environment.discoveryURL == url)
        } else {
            let error = #expect(throws: OAuthError.self) {
                try IntuitEnvironment(name: "desk", discoveryURL: url, quickBooksURL: url)
            }
            #expect(error?.code == .invalidAddress)
        }
    }

    @Test("a discovery document that lacks an endpoint, or sends secrets in the clear, is refused")
    func documents() throws {
        let good = """
            {"issuer":"https://oauth.platform.intuit.com/op/v1","authorization_endpoint":"https://a.example/o",
            "token_endpoint":"https://a.example/t","revocation_endpoint":"https://a.example/r","unknown":[1]}
            """
        let document = try DiscoveryDocument(parsing: Array(good.utf8))
        #expect(document.tokenEndpoint.absoluteString == "https://a.example/t")
        #expect(document.userinfoEndpoint == nil)
        #expect(throws: OAuthError.self) {
            try DiscoveryDocument(parsing: Array(good.replacing("revocation_endpoint", with: "x").utf8))
        }
        let inTheClear = good.replacing("https://a.example/t", with: "http://a.example/t")
        #expect(throws: OAuthError.self) { try DiscoveryDocument(parsing: Array(inTheClear.utf8)) }
        #expect(throws: OAuthError.self) { try DiscoveryDocument(parsing: Array("<html>".utf8)) }
    }
}
