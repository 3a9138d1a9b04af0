// SPDX-License-Identifier: Apache-2.0
import Daybook

/// A company's sending state, in columns.
enum SendingStateRecord {
    static let columns = "phase, request_id, since, looks, envelope_limit, answered_at, too_large_at"

    private enum Phase: String {
        case closed, open
        case halfOpen = "half-open"
    }

    static func values(_ state: SendingState) -> [SQLValue] {
        let breaker = state.breaker
        let (phase, requestID): (Phase, String?) =
            switch breaker.phase {
            case .closed: (.closed, nil)
            case .open(let requestID, _): (.open, requestID)
            case .halfOpen: (.halfOpen, nil)
            }
        return [
            .text(phase.rawValue), .optional(requestID), .optional(breaker.since), .int(breaker.looks),
            state.envelopeLimit.map(SQLValue.int) ?? .null, .optional(state.answeredAt),
            .optional(state.tooLargeAt),
        ]
    }

    static func read(_ row: inout SQLRow) throws -> SendingState {
        let word = try row.word(Phase.self)
        let requestID = try row.optionalText()
        let since = try row.optionalTime()
        let phase: CircuitBreaker.Phase
        switch (word, requestID, since) {
        case (.closed, _, _): phase = .closed
        case (.open, .some(let requestID), .some(let since)): phase = .open(requestID: requestID, since: since)
        case (.halfOpen, _, .some(let since)): phase = .halfOpen(since: since)
        default: throw row.unreadable("a circuit breaker lacks a part")
        }
        let breaker = CircuitBreaker(phase: phase, looks: try row.int())
        return SendingState(
            breaker: breaker, envelopeLimit: try row.optionalInteger().map(Int.init),
            answeredAt: try row.optionalTime(), tooLargeAt: try row.optionalTime())
    }
}
