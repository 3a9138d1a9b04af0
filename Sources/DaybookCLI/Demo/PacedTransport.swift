// SPDX-License-Identifier: Apache-2.0
import Foundation
import HTTPTransport
import QuickBooks
import Synchronization

/// The demo's own calls to the company's books, within Intuit's limits.
///
/// Daybook's pacing does not count these calls, so they take a small part of the limits only. After a 429 nothing was
/// carried out: the call waits as long as Intuit asks, and is made again.
final class PacedTransport: HTTPTransport {
    /// A quarter of Intuit's limits.
    private static let limits = PacingLimits(requestsPerMinute: 120, requestsPerSecond: 2, batchesPerMinute: 10)
    private static let mostAttempts = 5

    private let transport: any HTTPTransport
    private let pacer = Mutex(Pacer(limits))

    init(_ transport: any HTTPTransport) { self.transport = transport }

    func send(_ request: TransportRequest, deadline: Duration) async throws -> TransportResponse {
        var attempts = 0
        while true {
            attempts += 1
            let now = Date()
            let start = pacer.withLock { $0.reserve(.single, at: now) }
            try await Task.sleep(for: .seconds(max(0, start.timeIntervalSince(now))))
            let answer = try await transport.send(request, deadline: deadline)
            guard answer.statusCode == 429, attempts < Self.mostAttempts else { return answer }
            pacer.withLock { $0.throttled(at: Date()) }
        }
    }
}
