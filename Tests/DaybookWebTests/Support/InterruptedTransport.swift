// SPDX-License-Identifier: Apache-2.0
import HTTPTransport
import Synchronization

/// Lets something happen while a call is on its way.
final class InterruptedTransport: HTTPTransport {
    typealias Interruption = @Sendable () async throws -> Void

    private let inner: any HTTPTransport
    private let next = Mutex<Interruption?>(nil)

    init(_ inner: any HTTPTransport) { self.inner = inner }

    /// Happens once, before the next call is sent.
    func beforeNext(_ interruption: @escaping Interruption) { next.withLock { $0 = interruption } }

    func send(_ request: TransportRequest, deadline: Duration) async throws -> TransportResponse {
        let interruption = next.withLock { next in
            defer { next = nil }
            return next
        }
        try await interruption?()
        return try await inner.send(request, deadline: deadline)
    }
}
