// SPDX-License-Identifier: Apache-2.0
import Daybook
import Foundation
import HTTPTransport
import HTTPTypes
import IntuitSandbox
import Synchronization

/// The road to Intuit: answers of the token endpoint are lost on it, and what happened is written down.
final class LossyRoad: HTTPTransport {
    struct Account {
        var calls = 0
        var lost = 0
        var rotations = 0
        var rotationsLost = 0
        var atOnce = 0
        var mostAtOnce = 0
        var mostInAMinute = 0
        var recent: [Date] = []
        /// The newest refresh token that Intuit gave out, and whether its answer was lost.
        var isNewestLost = false
        /// When the token endpoint refused the grant first, since it was last granted.
        var refusedSince: Date?
    }

    private struct State {
        var account = Account()
        var random: SeededGenerator
        var quietFrom = Date.distantFuture
    }

    private let sandbox: Sandbox
    private let lossShare: Double
    private let state: Mutex<State>

    init(_ sandbox: Sandbox, lossShare: Double, seed: UInt64) {
        self.sandbox = sandbox
        self.lossShare = lossShare
        state = Mutex(State(random: SeededGenerator(seed: seed)))
    }

    var account: Account { state.withLock { $0.account } }
    var isRefused: Bool { state.withLock { $0.account.refusedSince != nil } }

    /// From then on nothing is lost, until it is said anew.
    func isQuiet(from moment: Date) { state.withLock { $0.quietFrom = moment } }

    /// A new connection starts with a clean slate.
    func forgetGrant() {
        state.withLock { state in
            state.account.isNewestLost = false
            state.account.refusedSince = nil
        }
    }

    func send(_ request: TransportRequest, deadline: Duration) async throws -> TransportResponse {
        guard request.head.path?.contains("/tokens/bearer") == true else {
            return try await sandbox.send(request, deadline: deadline)
        }
        let loss = begin()
        // Lets others that want a token at the same time ask for it.
        await Task.yield()
        defer { state.withLock { $0.account.atOnce -= 1 } }
        let response = try await sandbox.send(request, deadline: deadline)
        note(response, asked: request, isLost: loss != nil)
        guard let silence = loss else { return response }
        sandbox.advance(by: min(silence, deadline))
        if silence >= deadline { throw TransportError.timedOut(sentBytes: true) }
        throw TransportError.connectionFailed(sentBytes: true, reason: "cut within the answer")
    }

    /// - Returns: How long it is silent before the connection is cut, when this answer is to be lost.
    private func begin() -> Duration? {
        let now = sandbox.now
        return state.withLock { state in
            state.account.calls += 1
            state.account.atOnce += 1
            state.account.mostAtOnce = max(state.account.mostAtOnce, state.account.atOnce)
            state.account.recent = state.account.recent.filter { now.timeIntervalSince($0) < 60 } + [now]
            state.account.mostInAMinute = max(state.account.mostInAMinute, state.account.recent.count)
            // Drawn in any case, so that one loss more does not change all that follows.
            let isDrawn = Double.random(in: 0..<1, using: &state.random) < lossShare
            let isCutAtOnce = Bool.random(using: &state.random)
            let silence = Double.random(in: 0...8.5, using: &state.random)
            guard isDrawn, now < state.quietFrom else { return nil }
            state.account.lost += 1
            return isCutAtOnce ? .zero : .seconds(silence)
        }
    }

    private func note(_ response: TransportResponse, asked request: TransportRequest, isLost: Bool) {
        let answer = String(decoding: response.body, as: UTF8.self)
        let form = String(decoding: request.body, as: UTF8.self)
        let now = sandbox.now
        state.withLock { state in
            guard response.statusCode == 200 else {
                if answer.contains("invalid_grant"), state.account.refusedSince == nil {
                    state.account.refusedSince = now
                }
                return
            }
            if !isLost { state.account.refusedSince = nil }
            guard let given = Self.refreshToken(in: answer) else { return }
            if form.contains(given) {
                // The refresh token that was sent is still the newest.
                state.account.isNewestLost = false
            } else {
                state.account.rotations += 1
                if isLost { state.account.rotationsLost += 1 }
                state.account.isNewestLost = isLost
            }
        }
    }

    private static func refreshToken(in answer: String) -> Substring? {
        guard let name = answer.range(of: "\"refresh_token\":\"") else { return nil }
        return answer[name.upperBound...].prefix { $0 != "\"" }
    }
}
