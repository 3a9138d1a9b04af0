// SPDX-License-Identifier: Apache-2.0
import HTTPTransport
import HTTPTypes
import IntuitOAuth
import Synchronization
import Testing

@Suite("An answer with a refresh token and no access token")
struct IncompleteAnswerTests {
    /// Gives one answer after the other; where none is left, nothing can be reached.
    private final class Answers: HTTPTransport {
        private let left: Mutex<[TransportResponse]>

        init(_ bodies: [(status: Int, body: String)]) {
            left = Mutex(
                bodies.map {
                    TransportResponse(head: HTTPResponse(status: .init(code: $0.status)), body: Array($0.body.utf8))
                })
        }

        func send(_ request: TransportRequest, deadline: Duration) async throws -> TransportResponse {
            guard let next = left.withLock({ $0.isEmpty ? nil : $0.removeFirst() }) else {
                throw TransportError.connectionFailed(sentBytes: false, reason: "nobody answers")
            }
            return next
        }
    }

    private func refresh(_ answers: [(status: Int, body: String)]) async throws -> Result<
        TokenGrantResponse, OAuthError
    > {
        let desk = try await Desk()
        let client = OAuthClient(
            transport: Answers(answers), discovery: desk.client.discovery, credentials: desk.client.credentials)
        do {
            return .success(try await client.refresh(SecretString("r0")))
        } catch {
            return .failure(error)
        }
    }

    @Test("its refresh token is used at once, and is the one to store where the second answer brings none")
    func usedAtOnce() async throws {
        let grant = try await refresh([
            (200, #"{"refresh_token":"RT-one"}"#), (200, #"{"access_token":"a","expires_in":3600}"#),
        ]).get()
        #expect(grant.accessToken.reveal == "a" && grant.refreshToken?.reveal == "RT-one")
    }

    @Test(
        "where the second call fails, the error holds the newest refresh token",
        arguments: [
            (nil, "RT-one"), ((500, "<html>"), "RT-one"), ((400, #"{"error":"invalid_grant"}"#), "RT-one"),
            ((200, #"{"refresh_token":"RT-two"}"#), "RT-two"),
        ] as [((Int, String)?, String)])
    func failed(second: (Int, String)?, newest: String) async throws {
        let first = (200, #"{"refresh_token":"RT-one"}"#)
        guard case .failure(let error) = try await refresh([first] + [second].compactMap(\.self)) else {
            Issue.record("there is no access token to return")
            return
        }
        #expect(error.newRefreshToken?.reveal == newest)
        #expect(!error.description.contains(newest))
        // The old one is used up: nobody must be told that trying again with it does no harm.
        #expect(error.description.hasSuffix("store it, and try again with that one."), "\(error)")
        #expect(!error.description.contains("no harm") && !error.description.contains("Nothing was changed"))
    }

    @Test("an error without such an answer holds none")
    func none() async throws {
        guard case .failure(let error) = try await refresh([(500, "<html>")]) else {
            Issue.record("there is nothing to return")
            return
        }
        #expect(error.newRefreshToken == nil)
    }
}
