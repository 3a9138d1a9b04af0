// SPDX-License-Identifier: Apache-2.0
import Foundation
import HTTPTransport
import HTTPTypes
import Synchronization

/// Sees all that reaches Intuit, and complains when an envelope goes out that may not.
final class WireLog: HTTPTransport {
    private struct State {
        var sends: [String: Int] = [:]
        /// Whether the latest sending of a request id is known not to have been carried out.
        var mayGoAgain: [String: Bool] = [:]
        var complaints: [String] = []
    }

    private let inner: any HTTPTransport
    private let envelopes: EnvelopeLog
    private let state = Mutex(State())

    init(_ inner: any HTTPTransport, envelopes: EnvelopeLog) {
        self.inner = inner
        self.envelopes = envelopes
    }

    var complaints: [String] { state.withLock { $0.complaints } }

    func sends(of requestID: String) -> Int { state.withLock { $0.sends[requestID] ?? 0 } }

    func send(_ request: TransportRequest, deadline: Duration) async throws -> TransportResponse {
        guard let requestID = Self.requestID(of: request) else {
            return try await inner.send(request, deadline: deadline)
        }
        begin(requestID, request.body)
        do {
            let response = try await inner.send(request, deadline: deadline)
            finish(requestID, mayGoAgain: Self.isNotExecuted(response))
            return response
        } catch let error as TransportError {
            finish(requestID, mayGoAgain: !error.mayHaveBeenExecuted)
            throw error
        }
    }

    private func begin(_ requestID: String, _ body: [UInt8]) {
        let committed = envelopes.body(of: requestID)
        state.withLock { state in
            if committed == nil {
                state.complaints.append("request \(requestID) was sent before its envelope was committed")
            }
            if let committed, committed != body {
                state.complaints.append("request \(requestID) went out with other bytes than its envelope holds")
            }
            if let earlier = state.mayGoAgain[requestID], !earlier {
                state.complaints.append("request \(requestID) was sent again after an unknown outcome")
            }
            state.sends[requestID, default: 0] += 1
            // Until its answer is here, its outcome is unknown.
            state.mayGoAgain[requestID] = false
        }
    }

    private func finish(_ requestID: String, mayGoAgain: Bool) {
        state.withLock { $0.mayGoAgain[requestID] = mayGoAgain }
    }

    private static func requestID(of request: TransportRequest) -> String? {
        guard request.head.method == .post, let path = request.head.path else { return nil }
        return path.firstMatch(of: /[?&]requestid=([0-9a-f]+)/).map { String($0.1) }
    }

    /// 401, 403, 429, or a batch of which every item met a lapsed subscription.
    private static func isNotExecuted(_ response: TransportResponse) -> Bool {
        if [401, 403, 429].contains(response.statusCode) { return true }
        let text = String(decoding: response.body, as: UTF8.self)
        return response.statusCode == 200 && !text.contains("\"JournalEntry\"") && text.contains("\"6190\"")
    }
}
