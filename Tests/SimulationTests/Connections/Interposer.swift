// SPDX-License-Identifier: Apache-2.0
import Foundation
import HTTPTransport
import HTTPTypes
import Synchronization

/// Stands between Daybook and Intuit: notes what goes out and, where a test wants it, answers in Intuit's place.
final class Interposer: HTTPTransport {
    enum Reply: Sendable {
        case response(TransportResponse)
        case failure(TransportError)
    }

    typealias Rule = @Sendable (TransportRequest) -> Reply?

    private struct State {
        var inner: (any HTTPTransport)?
        var rule: Rule?
        /// What happens before the next answer of the token endpoint is seen.
        var beforeTokenAnswer: (@Sendable () async throws -> Void)?
        /// What happens before the next answer about a company is seen.
        var beforeCompanyAnswer: (@Sendable () async throws -> Void)?
        var requests: [TransportRequest] = []
    }

    private let state = Mutex(State())

    /// For ``WorldPlan/interposed``.
    func before(_ inner: any HTTPTransport) -> any HTTPTransport {
        state.withLock { $0.inner = inner }
        return self
    }

    /// Answers what the rule answers; nil ends it.
    func answer(_ rule: Rule?) { state.withLock { $0.rule = rule } }

    /// Answers the first request that the rule knows, and no other.
    func answerOnce(_ rule: @escaping Rule) {
        answer { request in
            guard let reply = rule(request) else { return nil }
            self.answer(nil)
            return reply
        }
    }

    func beforeNextTokenAnswer(_ act: @escaping @Sendable () async throws -> Void) {
        state.withLock { $0.beforeTokenAnswer = act }
    }

    func beforeNextCompanyAnswer(_ act: @escaping @Sendable () async throws -> Void) {
        state.withLock { $0.beforeCompanyAnswer = act }
    }

    /// How many requests went to paths that hold this text.
    func count(_ part: String) -> Int {
        state.withLock { $0.requests.count { $0.head.path?.contains(part) == true } }
    }

    /// The refresh tokens sent to the token endpoint, in order.
    var refreshTokensSent: [String] {
        state.withLock { state in
            state.requests.filter(\.isForTokens).compactMap { request in
                String(decoding: request.body, as: UTF8.self).firstMatch(of: /(?:^|&)refresh_token=([^&]+)/)
                    .map { String($0.1) }
            }
        }
    }

    func send(_ request: TransportRequest, deadline: Duration) async throws -> TransportResponse {
        let (inner, rule) = state.withLock { state in
            state.requests.append(request)
            return (state.inner, state.rule)
        }
        switch rule?(request) {
        case .response(let response): return response
        case .failure(let error): throw error
        case nil: break
        }
        guard let inner else { throw TransportError.connectionFailed(sentBytes: false, reason: "nothing behind") }
        let response = try await inner.send(request, deadline: deadline)
        if request.isForTokens { try await takeTokenAct()?() }
        if request.isForCompanyInfo { try await takeCompanyAct()?() }
        return response
    }

    private func takeTokenAct() -> (@Sendable () async throws -> Void)? {
        state.withLock { state in
            defer { state.beforeTokenAnswer = nil }
            return state.beforeTokenAnswer
        }
    }

    private func takeCompanyAct() -> (@Sendable () async throws -> Void)? {
        state.withLock { state in
            defer { state.beforeCompanyAnswer = nil }
            return state.beforeCompanyAnswer
        }
    }
}

extension TransportRequest {
    var isForTokens: Bool { head.path?.contains("/tokens/bearer") == true }
    var isForCompanyInfo: Bool { head.path?.contains("/companyinfo/") == true }
    var isForCompany: Bool { head.path?.contains("/v3/company/") == true }
    var isBatch: Bool { head.path?.contains("/batch") == true }
    /// A look by number; neither the survey nor the count before an envelope.
    var isLook: Bool {
        guard let path = head.path, path.contains("/query"), path.contains("JournalEntry") else { return false }
        return path.contains("DocNumber") && !path.contains("COUNT")
    }
}

extension Interposer.Reply {
    static func status(_ code: Int, _ body: String, type: String = "application/json") -> Interposer.Reply {
        var head = HTTPResponse(status: .init(code: code))
        head.headerFields[.contentType] = type
        return .response(TransportResponse(head: head, body: Array(body.utf8)))
    }

    static let html503 = status(503, "<html><body>Service Unavailable</body></html>", type: "text/html")
}
