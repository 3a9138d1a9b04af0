// SPDX-License-Identifier: Apache-2.0
import Daybook
import DaybookQuickBooks
import Foundation
import HTTPTransport
import HTTPTypes
import Testing

@Suite("A token call whose caller is cancelled")
struct CancelledCallTests {
    /// Intuit, which answers a token call when it is told to; a cancelled call ends at once, as over a real network.
    private final class SlowIntuit: HTTPTransport {
        private static let discovery = """
            {"issuer":"http://localhost:8711","authorization_endpoint":"http://localhost:8711/connect",
            "token_endpoint":"http://localhost:8711/bearer","revocation_endpoint":"http://localhost:8711/revoke"}
            """

        private let calls = AsyncStream.makeStream(of: Void.self)
        private let answers = AsyncStream.makeStream(of: TransportResponse.self)

        func send(_ request: TransportRequest, deadline: Duration) async throws -> TransportResponse {
            guard request.head.method == .post else {
                return TransportResponse(head: HTTPResponse(status: .ok), body: Array(Self.discovery.utf8))
            }
            calls.continuation.yield()
            for await answer in answers.stream { return answer }
            throw TransportError.connectionFailed(sentBytes: true, reason: "cancelled")
        }

        func untilCalled() async {
            for await _ in calls.stream { return }
        }

        func answer(_ body: String) {
            answers.continuation.yield(
                TransportResponse(head: HTTPResponse(status: .ok), body: Array(body.utf8)))
        }
    }

    @Test("is carried to its end: the answer may hold the only copy of a new refresh token")
    func cancelled() async throws {
        let intuit = SlowIntuit()
        let address = try #require(URL(string: "http://localhost:8711"))
        let issuer = IntuitTokenIssuer(
            transport: intuit,
            environments: Environments(
                usual: Environment(name: .sandbox, discoveryURL: address, quickBooksURL: address)),
            clock: FixedClock())
        let app = App(environment: .sandbox, clientID: "id", clientSecret: Secret("secret"))
        let asking = Task { try await issuer.ask(.refresh(Secret("old")), app: app) }
        await intuit.untilCalled()
        asking.cancel()
        intuit.answer("the new one")
        let answer = try await asking.value
        #expect(answer == RawTokenAnswer(status: 200, body: Array("the new one".utf8), intuitTID: nil))
    }
}
