// SPDX-License-Identifier: Apache-2.0
import Foundation
import HTTPTransport
import HTTPTypes
import Synchronization

/// Every call that comes to Intuit: when, what for, and whether a batch was answered as one.
final class DoorLog: HTTPTransport {
    enum Kind: Sendable { case batch, page, other }

    struct Call: Sendable {
        let at: Date
        let kind: Kind
        /// The company called; nil for tokens and addresses.
        let realmID: String?
        /// For a batch: whether the answer is a batch's.
        var isAnswered = false
    }

    private let inner: any HTTPTransport
    private let now: @Sendable () -> Date
    private let state = Mutex<[Call]>([])

    init(_ inner: any HTTPTransport, now: @escaping @Sendable () -> Date) {
        self.inner = inner
        self.now = now
    }

    var calls: [Call] { state.withLock { $0 } }

    func send(_ request: TransportRequest, deadline: Duration) async throws -> TransportResponse {
        let call = Self.call(request, at: now())
        let index = state.withLock { calls in
            calls.append(call)
            return calls.count - 1
        }
        let response = try await inner.send(request, deadline: deadline)
        if call.kind == .batch, response.body.starts(with: Self.batchAnswer) {
            state.withLock { $0[index].isAnswered = true }
        }
        return response
    }

    private static let batchAnswer = Array("{\"BatchItemResponse\"".utf8)

    private static func call(_ request: TransportRequest, at moment: Date) -> Call {
        let path = request.head.path ?? ""
        let kind: Kind =
            if request.isBatch { .batch } else if path.contains("MetaData.CreateTime") { .page } else { .other }
        let realmID = path.firstMatch(of: /\/v3\/company\/([0-9]+)\//).map { String($0.1) }
        return Call(at: moment, kind: kind, realmID: realmID)
    }

    /// The most calls that came within any minute of a span.
    func mostInAMinute(from start: Date, to end: Date) -> Int {
        let moments = calls.map(\.at).filter { start <= $0 && $0 < end }
        var most = 0
        var last = 0
        for first in moments.indices {
            while last < moments.count, moments[last].timeIntervalSince(moments[first]) < 60 { last += 1 }
            most = max(most, last - first)
        }
        return most
    }

    /// When batches were answered as such, from a moment on.
    func answeredBatches(since start: Date) -> [Date] {
        calls.filter { $0.kind == .batch && $0.isAnswered && $0.at >= start }.map(\.at)
    }
}
