// SPDX-License-Identifier: Apache-2.0
import Daybook
import DaybookQuickBooks
import Foundation
import HTTPTransport
import HTTPTypes
import IntuitSandbox
import Synchronization
import Testing

@Suite("How long Daybook waits for the token endpoint")
struct TokenDeadlineTests {
    /// Passes everything on, and notes how long each call would wait.
    private final class Stopwatch: HTTPTransport {
        struct Call: Equatable {
            let path: String
            let deadline: Duration
        }

        private let sandbox: Sandbox
        private let noted = Mutex<[Call]>([])

        init(_ sandbox: Sandbox) { self.sandbox = sandbox }

        var calls: [Call] { noted.withLock { $0 } }

        func send(_ request: TransportRequest, deadline: Duration) async throws -> TransportResponse {
            noted.withLock { $0.append(Call(path: request.head.path ?? "", deadline: deadline)) }
            return try await sandbox.send(request, deadline: deadline)
        }
    }

    @Test("eight seconds for a code exchange, a refresh and a revocation, after as much for the discovery")
    func eightSeconds() async throws {
        let sandbox = Sandbox(SandboxOptions(clock: .stepped(from: FixedClock().now)))
        let watched = Stopwatch(sandbox)
        let issuer = IntuitTokenIssuer(
            transport: watched,
            environments: Environments(
                usual: Environment(
                    name: .sandbox,
                    discoveryURL: try #require(
                        URL(string: "http://localhost:8711/.well-known/openid_sandbox_configuration")),
                    quickBooksURL: try #require(URL(string: "http://localhost:8711")))),
            clock: FixedClock())
        let keys = SandboxApp.development
        let app = App(environment: .sandbox, clientID: keys.clientID, clientSecret: Secret(keys.clientSecret))
        let redirectURI = "http://localhost:8710/connection/callback"
        let code = try sandbox.mintCode(clientID: keys.clientID, realmID: access.realmID, redirectURI: redirectURI)
        let answer = try await issuer.ask(.exchange(code: Secret(code), redirectURI: redirectURI), app: app)
        guard case .granted(let pair) = issuer.read(answer) else {
            Issue.record("the code was not exchanged")
            return
        }
        let token = try #require(pair.refreshToken)
        _ = try await issuer.ask(.refresh(token), app: app)
        try await issuer.revoke(token, app: app)
        #expect(
            watched.calls == [
                Stopwatch.Call(path: "/.well-known/openid_sandbox_configuration", deadline: .seconds(8)),
                Stopwatch.Call(path: "/oauth2/v1/tokens/bearer", deadline: .seconds(8)),
                Stopwatch.Call(path: "/oauth2/v1/tokens/bearer", deadline: .seconds(8)),
                Stopwatch.Call(path: "/v2/oauth2/tokens/revoke", deadline: .seconds(8)),
            ])
    }
}
