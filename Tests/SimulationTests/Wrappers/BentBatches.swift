// SPDX-License-Identifier: Apache-2.0
import Foundation
import HTTPTransport
import HTTPTypes
import Synchronization

/// Intuit as it may behave with a batch, though no switch of the sandbox makes it do so: bends the next
/// batch's request on its way there, and its answer on its way back.
final class BentBatches: HTTPTransport {
    struct Bend: Sendable {
        var request: @Sendable ([[String: Any]]) -> [[String: Any]] = { $0 }
        /// Nil: no answer comes.
        var answer: @Sendable ([[String: Any]]) -> [[String: Any]]? = { $0 }
    }

    private let inner: any HTTPTransport
    private let next: Mutex<Bend?>

    init(_ inner: any HTTPTransport, next: Bend) {
        self.inner = inner
        self.next = Mutex(next)
    }

    func send(_ request: TransportRequest, deadline: Duration) async throws -> TransportResponse {
        guard request.head.path?.contains("/batch") == true, let bend = take() else {
            return try await inner.send(request, deadline: deadline)
        }
        var sent = request
        sent.body = try Self.rewritten(request.body, "BatchItemRequest") { bend.request($0) } ?? []
        var response = try await inner.send(sent, deadline: deadline)
        guard let body = try Self.rewritten(response.body, "BatchItemResponse", bend.answer) else {
            throw TransportError.timedOut(sentBytes: true)
        }
        response.body = body
        return response
    }

    private func take() -> Bend? {
        next.withLock { next in
            defer { next = nil }
            return next
        }
    }

    private static func rewritten(
        _ body: [UInt8], _ list: String, _ change: ([[String: Any]]) -> [[String: Any]]?
    ) throws -> [UInt8]? {
        guard var object = try JSONSerialization.jsonObject(with: Data(body)) as? [String: Any],
            let items = object[list] as? [[String: Any]]
        else { return body }
        guard let changed = change(items) else { return nil }
        object[list] = changed
        return Array(try JSONSerialization.data(withJSONObject: object))
    }
}
