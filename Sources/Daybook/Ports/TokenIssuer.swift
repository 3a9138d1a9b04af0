// SPDX-License-Identifier: Apache-2.0
package import Foundation

/// Intuit's OAuth server, as the token keeper sees it.
package protocol TokenIssuer: Sendable {
    /// The address of the page where a person consents.
    func consentURL(app: App, redirectURI: String, state: String) async throws(TokenCallFailure) -> URL

    /// One call to the token endpoint. The answer comes back unread, so that it can be journaled first.
    func ask(_ request: TokenRequest, app: App) async throws(TokenCallFailure) -> RawTokenAnswer

    /// Reads an answer; does no I/O.
    func read(_ answer: RawTokenAnswer) -> TokenVerdict

    /// Intuit's own code for a refusal (`x_error_reason`), reduced to at most 60 letters, digits, spaces, `_` and `-`;
    /// nil when the answer has none.
    func reason(in answer: RawTokenAnswer) -> String?

    /// Asks Intuit to end the grant that a token belongs to: the refresh token or the access token.
    @discardableResult
    func revoke(_ token: Secret, app: App) async throws(TokenCallFailure) -> RevokeVerdict
}

package enum TokenRequest: Sendable, Equatable {
    case refresh(Secret)
    case exchange(code: Secret, redirectURI: String)
}

/// Status and body of a token answer, before anybody read it.
///
/// It prints as redacted.
package struct RawTokenAnswer: Sendable, Equatable, CustomStringConvertible, CustomReflectable {
    package let status: Int
    package let body: [UInt8]
    package let intuitTID: String?

    package init(status: Int, body: [UInt8], intuitTID: String?) {
        self.status = status
        self.body = body
        self.intuitTID = intuitTID
    }

    package var description: String { "token answer \(status), redacted" }
    package var customMirror: Mirror { Mirror(self, children: ["status": status]) }
}

package enum TokenVerdict: Sendable, Equatable {
    case granted(TokenPair)
    /// A definite refusal, by the `error` of RFC 6749.
    case refused(TokenRefusal)
    /// 429, 5xx, HTML, cut or incomplete: changes nothing.
    case unusable(reason: String)
}

/// What Intuit says to a revocation.
package enum RevokeVerdict: Sendable, Equatable {
    case ended(intuitTID: String?)
    /// Intuit does not accept the token: its grant has ended, or goes on with another token.
    case notTaken(intuitTID: String?)
    /// The app is refused; nothing is known of the grant.
    case refused(TokenRefusal, intuitTID: String?)
}

/// What an answer granted: usually both tokens, at least one of them.
package struct TokenPair: Sendable, Equatable {
    /// Nil when the answer held only a refresh token, because it was cut, damaged or odd; then a refresh with that
    /// token has to follow at once.
    package let accessToken: Secret?
    package let accessLifetime: Duration
    /// Nil when the old one stays.
    package let refreshToken: Secret?
    /// More refresh tokens of the same answer, where it held several; likeliest first.
    package let otherRefreshTokens: [Secret]
    package let idleLifetime: Duration?
    package let hardLifetime: Duration?
    /// What was unusual about the answer, in words without secrets.
    package let remarks: [String]

    package init(
        accessToken: Secret?, accessLifetime: Duration, refreshToken: Secret?, otherRefreshTokens: [Secret] = [],
        idleLifetime: Duration?, hardLifetime: Duration?, remarks: [String] = []
    ) {
        self.accessToken = accessToken
        self.accessLifetime = accessLifetime
        self.refreshToken = refreshToken
        self.otherRefreshTokens = otherRefreshTokens
        self.idleLifetime = idleLifetime
        self.hardLifetime = hardLifetime
        self.remarks = remarks
    }
}

extension TokenPair {
    /// The sentence with what was unusual about the answer, if anything.
    package func remarked(_ sentence: String) -> String {
        remarks.isEmpty ? sentence : "\(sentence). Intuit's answer was unusual: \(remarks.joined(separator: "; "))"
    }
}

package enum TokenRefusal: Sendable, Equatable {
    case invalidGrant(reason: String?)
    case invalidClient
    case other(error: String)
}

/// No answer of the token endpoint at all.
package struct TokenCallFailure: Error, Sendable, Equatable {
    /// Whether Intuit may have carried it out, and so may have rotated the token.
    package let mayHaveBeenExecuted: Bool
    package let reason: String
    /// Whether Daybook was not started with the app's environment; then no call was made.
    package let isForMissingEnvironment: Bool

    package init(mayHaveBeenExecuted: Bool, reason: String, isForMissingEnvironment: Bool = false) {
        self.mayHaveBeenExecuted = mayHaveBeenExecuted
        self.reason = reason
        self.isForMissingEnvironment = isForMissingEnvironment
    }
}
