// SPDX-License-Identifier: Apache-2.0
import HTTPTransport
import HTTPTypes
import Synchronization

/// Large entries: a query of a span for more of them than a number has no answer within the deadline.
final class SlowPages: HTTPTransport {
    private let inner: any HTTPTransport
    private let most: Int
    private let state = Mutex((isSlow: false, unanswered: 0))

    init(_ inner: any HTTPTransport, most: Int) {
        self.inner = inner
        self.most = most
    }

    /// How many queries had no answer.
    var unanswered: Int { state.withLock { $0.unanswered } }

    func begin() { state.withLock { $0.isSlow = true } }

    func send(_ request: TransportRequest, deadline: Duration) async throws -> TransportResponse {
        guard let path = request.head.path, path.contains("CreateTime"), isTooMuch(size(path)) else {
            return try await inner.send(request, deadline: deadline)
        }
        throw TransportError.timedOut(sentBytes: true)
    }

    private func isTooMuch(_ size: Int) -> Bool {
        state.withLock { state in
            guard state.isSlow, size > most else { return false }
            state.unanswered += 1
            return true
        }
    }

    private func size(_ path: String) -> Int {
        path.firstMatch(of: /MAXRESULTS(?:%20|\+| )([0-9]+)/).flatMap { Int($0.1) } ?? 0
    }
}
