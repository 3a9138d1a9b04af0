// SPDX-License-Identifier: Apache-2.0
import Foundation
import HTTPTransport
import HTTPTypes
import IntuitOAuth
import IntuitSandbox
import Synchronization
import Testing

@Suite("How long a call waits for its answer")
struct CallDeadlineTests {
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

    @Test("eight seconds unless told: discovery, code exchange, refresh and revocation")
    func usual() async throws {
        let desk = try await Desk()
        let watched = Stopwatch(desk.sandbox)
        let environment = try IntuitEnvironment(
            name: "desk",
            discoveryURL: try #require(URL(string: "http://localhost:8711/.well-known/openid_sandbox_configuration")),
            quickBooksURL: try #require(URL(string: "http://localhost:8711")))
        let client = OAuthClient(
            transport: watched, discovery: try await OAuthClient.discover(environment, transport: watched),
            credentials: desk.client.credentials)
        try await useAll(client, desk)
        #expect(
            watched.calls == [
                Stopwatch.Call(path: "/.well-known/openid_sandbox_configuration", deadline: .seconds(8)),
                Stopwatch.Call(path: "/oauth2/v1/tokens/bearer", deadline: .seconds(8)),
                Stopwatch.Call(path: "/oauth2/v1/tokens/bearer", deadline: .seconds(8)),
                Stopwatch.Call(path: "/v2/oauth2/tokens/revoke", deadline: .seconds(8)),
            ])
    }

    @Test("as long as the client is told, for each of its calls")
    func told() async throws {
        let desk = try await Desk()
        let watched = Stopwatch(desk.sandbox)
        let client = OAuthClient(
            transport: watched, discovery: desk.client.discovery, credentials: desk.client.credentials,
            callDeadline: .seconds(3))
        try await useAll(client, desk)
        #expect(watched.calls.map(\.deadline) == [.seconds(3), .seconds(3), .seconds(3)])
    }

    /// A code exchange, a refresh and a revocation.
    private func useAll(_ client: OAuthClient, _ desk: Desk) async throws {
        guard case .granted(let code, _, _) = try await desk.consent() else { throw ConsentRefused() }
        let token = try #require(
            try await client.exchange(code: code, redirectURI: Desk.redirectURI).refreshToken)
        _ = try await client.refresh(token)
        try await client.revoke(token: token)
    }
}
