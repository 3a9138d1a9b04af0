// SPDX-License-Identifier: Apache-2.0
import HTTPTransport
import HTTPTypes
import Synchronization

/// A gateway before Intuit that refuses batches above a size with 413 and a page of its own.
final class GatewayLimit: HTTPTransport {
    private let inner: any HTTPTransport
    private let state: Mutex<State>

    private struct State {
        var limit: Int
        var refused = 0
        /// How many batches pass whatever their size.
        var passing = 0
        /// A batch with this text in it is refused whatever its size.
        var text: String?
    }

    init(_ inner: any HTTPTransport, bytes: Int) {
        self.inner = inner
        state = Mutex(State(limit: bytes))
    }

    /// How many batches it has refused.
    var refused: Int { state.withLock { $0.refused } }

    func allow(bytes: Int) { state.withLock { $0.limit = bytes } }

    func letThrough(_ batches: Int) { state.withLock { $0.passing = batches } }

    func refuse(containing text: String) { state.withLock { $0.text = text } }

    func send(_ request: TransportRequest, deadline: Duration) async throws -> TransportResponse {
        guard request.head.path?.contains("/batch") == true, isRefused(request.body) else {
            return try await inner.send(request, deadline: deadline)
        }
        var head = HTTPResponse(status: .init(code: 413))
        head.headerFields[.contentType] = "text/html"
        return TransportResponse(head: head, body: Array("<html>413 Request Entity Too Large</html>".utf8))
    }

    private func isRefused(_ body: [UInt8]) -> Bool {
        state.withLock { state in
            let isMeant = state.text.map { String(decoding: body, as: UTF8.self).contains($0) } ?? false
            guard isMeant || body.count > state.limit else { return false }
            if !isMeant, state.passing > 0 {
                state.passing -= 1
                return false
            }
            state.refused += 1
            return true
        }
    }
}
