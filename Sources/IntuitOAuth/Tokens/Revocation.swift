// SPDX-License-Identifier: Apache-2.0

/// What Intuit answered to a revocation.
public struct Revocation: Sendable, Equatable {
    /// What became of the grant.
    public enum Outcome: Sendable, Equatable {
        /// Status 200: the grant has ended, and both its tokens with it.
        case ended
        /// Status 400: Intuit does not accept the token.
        ///
        /// Its grant has ended or run out, or goes on with a newer refresh token: Intuit answers in the same way for
        /// one that was replaced.
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
