// SPDX-License-Identifier: Apache-2.0
import HTTPTransport
import HTTPTypes
import Synchronization

/// A gateway before Intuit that refuses batches above a size with 413 and a page of its own.
final class GatewayLimit: HTTPTransport {
    private let inner: any HTTPTransport
    private let state: Mutex<(limit: Int, refused: Int)>

    init(_ inner: any HTTPTransport, bytes: Int) {
        self.inner = inner
        state = Mutex((bytes, 0))
    }

    /// How many batches it has refused.
    var refused: Int { state.withLock { $0.refused } }

    func allow(bytes: Int) { state.withLock { $0.limit = bytes } }

    func send(_ request: TransportRequest, deadline: Duration) async throws -> TransportResponse {
        guard request.head.path?.contains("/batch") == true, isRefused(request.body.count) else {
            return try await inner.send(request, deadline: deadline)
        }
        var head = HTTPResponse(status: .init(code: 413))
        head.headerFields[.contentType] = "text/html"
        return TransportResponse(head: head, body: Array("<html>413 Request Entity Too Large</html>".utf8))
    }

    private func isRefused(_ bytes: Int) -> Bool {
        state.withLock { state in
            guard bytes > state.limit else { return false }
            state.refused += 1
            return true
        }
    }
}
