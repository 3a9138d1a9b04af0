// SPDX-License-Identifier: Apache-2.0

/// How the token endpoint words what Intuit is known to word in more than one way.
///
/// - Source: answers reported by users of Intuit's SDKs; which wording comes when is not documented.
public struct SandboxWordings: Sendable, Equatable {
    /// The body for a refresh token that is unknown, expired, rotated away or revoked.
    public enum InvalidGrant: String, Sendable, Hashable, CaseIterable {
        /// As Intuit seems to do it: unknown ``incorrectToken``, revoked ``tokenInvalid``, expired or rotated away
        /// ``plain``.
        case byCause
        /// `{"error":"invalid_grant"}`.
        case plain
        /// With the description "Incorrect or invalid refresh token".
        case incorrectToken
        /// With the description "Token invalid", and the description first.
        case tokenInvalid
        /// Any of the three, drawn by the sandbox's seed.
        case varied
    }

    /// The status for a wrong client id or secret.
    public enum InvalidClient: String, Sendable, Hashable, CaseIterable {
        /// 401, as most often reported.
        case unauthorized = "401"
        /// 400, as reported too.
        case badRequest = "400"
        /// Either, drawn by the sandbox's seed.
        case varied
    }

    /// The body for a missing or repeated parameter.
    public enum InvalidRequest: String, Sendable, Hashable, CaseIterable {
        /// With a description.
        case described
        /// `{"error":"invalid_request"}`.
        case plain
        /// Either, drawn by the sandbox's seed.
        case varied
    }

    /// For refresh tokens that aren't good.
    public var invalidGrant: InvalidGrant
    /// For client ids and secrets that aren't good.
    public var invalidClient: InvalidClient
    /// For calls that lack something.
    public var invalidRequest: InvalidRequest

    /// By cause, with 401 and with descriptions, by default.
    public init(
        invalidGrant: InvalidGrant = .byCause, invalidClient: InvalidClient = .unauthorized,
        invalidRequest: InvalidRequest = .described
    ) {
        self.invalidGrant = invalidGrant
        self.invalidClient = invalidClient
        self.invalidRequest = invalidRequest
    }
}
