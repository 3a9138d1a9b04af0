// SPDX-License-Identifier: Apache-2.0

/// What Intuit answered to a revocation.
public struct Revocation: Sendable, Equatable {
    /// What became of the grant.
    public enum Outcome: Sendable, Equatable {
        /// Status 200: the grant has ended, and both its tokens with it.
        case ended
        /// Status 400: Intuit takes no such token.
        ///
        /// Its grant has ended or run out, or goes on under another string: a refresh token that was replaced
        /// is answered in the same way.
        case tokenNotValid
    }

    /// What became of the grant.
    public let outcome: Outcome
    /// Intuit's trace id of the answer.
    public let intuitTID: String?

    /// Puts an answer together.
    public init(_ outcome: Outcome, intuitTID: String? = nil) {
        self.outcome = outcome
        self.intuitTID = intuitTID
    }
}
