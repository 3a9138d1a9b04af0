// SPDX-License-Identifier: Apache-2.0
package import Foundation

/// A line of a connection's history.
package struct ConnectionNote: Sendable, Equatable {
    /// What a line is about, for counting, filtering and warning.
    package enum Kind: String, Sendable, CaseIterable {
        /// A consent or a pasted token became the grant.
        case connected
        /// A consent or a pasted token works, and waits for its company or for a person's word.
        case waiting
        /// A consent, a pasted token or a test came to nothing; what was there stays.
        case refused
        /// A refresh worked and the refresh token's string stayed.
        case refreshed
        /// A refresh worked and brought a new string.
        case rotated
        /// An answer that the journal had and the database had not.
        case recovered
        case refreshFailed = "refresh-failed"
        /// It can't be used, for a cause.
        case troubled
        /// A trouble ended by itself.
        case restored
        case disconnected
        case warned
        /// Another Client Secret, or the one that works of two.
        case secretChanged = "secret-changed"
        /// A person asked QuickBooks whether all is well.
        case tested
    }

    package let kind: Kind
    package let at: Date
    package let text: String
    package let by: String
    package let intuitTID: String?

    package init(_ kind: Kind, at: Date, text: String, by actor: Actor, intuitTID: String? = nil) {
        self.init(kind, at: at, text: text, by: actor.text, intuitTID: intuitTID)
    }

    /// As stored.
    package init(_ kind: Kind, at: Date, text: String, by: String, intuitTID: String?) {
        self.kind = kind
        self.at = at
        self.text = text
        self.by = by
        self.intuitTID = intuitTID
    }
}

/// How refreshes went over a time.
package struct RefreshCount: Sendable, Equatable {
    package let attempts: Int
    package let successes: Int

    package init(attempts: Int, successes: Int) {
        self.attempts = attempts
        self.successes = successes
    }
}
