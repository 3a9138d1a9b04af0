// SPDX-License-Identifier: Apache-2.0
package import Foundation

/// A line of a connection's history.
package struct ConnectionNote: Sendable, Equatable {
    /// What a line is about, for counting, filtering and warning.
    package enum Kind: String, Sendable, CaseIterable {
        /// A consent or a pasted token became the grant.
        case connected
        /// A consent or a pasted token works, and waits until its company can be read or a person confirms it.
        case waiting
        /// A consent, a pasted token or a test failed; what was stored stays.
        case refused
        /// A refresh worked, and the refresh token stayed the same.
        case refreshed
        /// A refresh worked and brought a new refresh token.
        case rotated
        /// An answer that only the journal had was put into the database.
        case recovered
        case refreshFailed = "refresh-failed"
        /// The connection can't be used; the text says why.
        case troubled
        /// A trouble ended by itself.
        case restored
        case disconnected
        case warned
        /// Another Client Secret was entered, or of two the one that works was found.
        case secretChanged = "secret-changed"
        /// A person pressed Test connection.
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

/// How many refreshes were tried, and how many succeeded, in a span of time.
package struct RefreshCount: Sendable, Equatable {
    package let attempts: Int
    package let successes: Int

    package init(attempts: Int, successes: Int) {
        self.attempts = attempts
        self.successes = successes
    }
}
