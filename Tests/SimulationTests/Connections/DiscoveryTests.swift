// SPDX-License-Identifier: Apache-2.0
import Daybook
import DaybookQuickBooks
import Foundation
import HTTPTransport
import HTTPTypes
import IntuitOAuth
import IntuitSandbox
import Testing

@Suite("Where tokens are asked for")
struct DiscoveryTests {
    /// A server on this machine that redirects every request to Intuit's own addresses.
    private struct Elsewhere: HTTPTransport {
        func send(_ request: TransportRequest, deadline: Duration) async throws -> TransportResponse {
            #expect(request.head.path?.contains("well-known") == true, "a secret was sent elsewhere")
            let document = """
                {"issuer":"https://oauth.platform.intuit.com/op/v1",
                "authorization_endpoint":"https://appcenter.intuit.com/connect/oauth2",
                "token_endpoint":"https://oauth.platform.intuit.com/oauth2/v1/tokens/bearer",
                "revocation_endpoint":"https://developer.api.intuit.com/v2/oauth2/tokens/revoke"}
                """
            return TransportResponse(head: HTTPResponse(status: .ok), body: Array(document.utf8))
        }
    }

    @Test("a discovery document on this machine that names addresses elsewhere gets no secret")
    func elsewhere() async throws {
        let discovery = try #require(URL(string: "http://127.0.0.1:8711/.well-known/openid_sandbox_configuration"))
        let quickBooks = try #require(URL(string: "http://127.0.0.1:8711"))
        let environment = Environment(name: .custom, discoveryURL: discovery, quickBooksURL: quickBooks)
        let issuer = IntuitTokenIssuer(
            transport: Elsewhere(), environments: Environments(usual: environment),
            clock: SkewedClock(Sandbox(SandboxOptions(clock: .stepped(from: WorldPlan.start)))))
        let app = App(environment: .custom, clientID: "id", clientSecret: Secret("secret"))
        await #expect(throws: TokenCallFailure.self) { try await issuer.ask(.refresh(Secret("token")), app: app) }
    }
}
