// SPDX-License-Identifier: Apache-2.0
@testable import DaybookWeb
import Hummingbird
import HummingbirdTesting
import IntuitSandbox
import Testing

@Suite("Set up Intuit")
struct SetUpIntuitTests {
    /// The redirect URIs of the page, by their labels.
    private func redirects(_ fixture: SiteFixture) async throws -> [String: String] {
        let text = try await Application(router: fixture.site.router()).test(.router) { client in
            try await Visitor(client).open("/set-up-intuit").text
        }
        let fields = text.matches(of: #/readonly value="([^"]*)" aria-label="(Redirect URI[^"]*)"/#)
        return Dictionary(fields.map { (String($0.2), String($0.1)) }, uniquingKeysWith: { first, _ in first })
    }

    @Test("each redirect URI that it prints is one that Intuit takes for those keys")
    func taken() async throws {
        try await SiteFixture.open { fixture in
            let redirects = try await redirects(fixture)
            #expect(Set(redirects.keys) == ["Redirect URI for development keys", "Redirect URI for production keys"])
            for (label, app) in [("development", SandboxApp.development), ("production", SandboxApp.production)] {
                let uri = try present(redirects["Redirect URI for \(label) keys"])
                try fixture.sandbox.registerRedirectURI(uri, clientID: app.clientID)
            }
        }
    }
}
