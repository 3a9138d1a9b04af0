// SPDX-License-Identifier: Apache-2.0
@testable import DaybookNotifiers
import Foundation
import HTTPTransport
import HTTPTypes
import Synchronization
import Testing

@Suite("A webhook whose name has several addresses")
struct WebhookAddressesTests {
    /// An address that answers, or fails.
    private final class Address: HTTPTransport {
        private let answer: Result<HTTPResponse.Status, TransportError>
        private let calls = Mutex(0)

        init(_ answer: Result<HTTPResponse.Status, TransportError>) { self.answer = answer }

        var called: Int { calls.withLock { $0 } }

        func send(_ request: TransportRequest, deadline: Duration) async throws -> TransportResponse {
            calls.withLock { $0 += 1 }
            return TransportResponse(head: HTTPResponse(status: try answer.get()), body: [])
        }
    }

    private func sent(to addresses: [Address]) async throws -> Int {
        let url = try present(URL(string: "https://hooks.example.com/daybook"))
        let request = TransportRequest(head: HTTPRequest(method: .post, url: url), body: [])
        return try await WebhookSender.answer(to: request, by: addresses).statusCode
    }

    @Test("no connection to the first address: the message goes to the second")
    func unreachable() async throws {
        let failure = TransportError.connectionFailed(sentBytes: false, reason: "no route")
        let addresses = [Address(.failure(failure)), Address(.success(.ok))]
        #expect(try await sent(to: addresses) == 200 && addresses.map(\.called) == [1, 1])
    }

    @Test("a connection that is cut after sending: the message does not go out a second time")
    func cut() async throws {
        let failure = TransportError.connectionFailed(sentBytes: true, reason: "reset")
        let addresses = [Address(.failure(failure)), Address(.success(.ok))]
        await #expect(throws: failure) { try await sent(to: addresses) }
        #expect(addresses.map(\.called) == [1, 0])
    }

    @Test("two addresses at most")
    func two() async throws {
        let failure = TransportError.connectionFailed(sentBytes: false, reason: "no route")
        let addresses = (0..<3).map { _ in Address(.failure(failure)) }
        await #expect(throws: failure) { try await sent(to: addresses) }
        #expect(addresses.map(\.called) == [1, 1, 0])
    }
}
