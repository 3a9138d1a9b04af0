// SPDX-License-Identifier: Apache-2.0
package import Foundation

/// What happens to a connection's tokens in the course of a refresh: a request, or the outcome of an action.
package enum TokenEvent: Sendable, Equatable {
    /// A refresh is due or asked for.
    case refreshWanted
    /// What the journal had was put into the database.
    case recovered
    /// The connection as it is stored now; nil unless it is connected.
    case read(ActiveConnection?)
    /// Intuit answered, and the answer is in the journal.
    case answered(ReadAnswer)
    /// Intuit gave no answer.
    case unanswered(TokenCallFailure)
    /// The connection has no app to ask with.
    case withoutApp
    /// The call was not begun, because the keeper stops.
    case stopped
    /// What was to be written down is written down.
    case written
    /// Whether the grant is in the database; false when another had been stored meanwhile.
    case stored(Bool)
    /// Whether QuickBooks still accepts the access token, nil when that can't be known; and whether the database was
    /// restored since the grant.
    case investigated(isLetIn: Bool?, isRestored: Bool)
}

/// An answer of the token endpoint that is in the journal, and what it says.
package struct ReadAnswer: Sendable, Equatable {
    /// The number under which the journal has it.
    package let generation: Int64
    package let verdict: TokenVerdict
    /// When it came.
    package let at: Date
    /// Intuit's own word for a refusal.
    package let reason: String?
    package let tid: String?
    /// Whether an answer that can't be used may have held a new grant.
    package let mayHideAGrant: Bool

    package init(
        generation: Int64, verdict: TokenVerdict, at: Date, reason: String?, tid: String?, mayHideAGrant: Bool
    ) {
        self.generation = generation
        self.verdict = verdict
        self.at = at
        self.reason = reason
        self.tid = tid
        self.mayHideAGrant = mayHideAGrant
    }
}

/// When an event happens, and whether the token keeper is being stopped then.
package struct TokenMoment: Sendable {
    package let now: Date
    package let isStopping: Bool

    package init(_ now: Date, isStopping: Bool = false) {
        self.now = now
        self.isStopping = isStopping
    }
}
