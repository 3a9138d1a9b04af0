// SPDX-License-Identifier: Apache-2.0

/// What an answer of the token endpoint means.
public enum TokenAnswer: Sendable, Equatable {
    /// New tokens.
    case granted(TokenGrantResponse)
    /// A refresh token, and no access token that can be used: the answer was cut, damaged or odd.
    ///
    /// Keep the refresh token as the newest, keep the one before it too, and ask again with the newest at once.
    case incomplete(IncompleteGrant)
    /// A definite no.
    case refused(OAuthRefusal)
    /// Nothing definite: throttled, down, HTML, or a grant without any token. The tokens held
    /// so far stay as they are. The text says why and holds nothing of the body.
    case unusable(String)
}

/// New tokens.
public struct TokenGrantResponse: Sendable, Equatable {
    /// The access token, opaque; Intuit says that it has at most 4,096 characters.
    public let accessToken: SecretString
    /// How long the access token lives from now; an hour at Intuit, and assumed where the answer doesn't say.
    public let expiresIn: Duration
    /// The refresh token to use from now on; nil means the old one stays.
    public let refreshToken: SecretString?
    /// Other refresh tokens in the same answer, when the member stood in it more than once.
    public let otherRefreshTokens: [SecretString]
    /// How long the refresh token lives if it is not used: the *remaining* time, 100 days at most
    /// by the documentation, 101 days as observed.
    public let refreshTokenExpiresIn: Duration?
    /// How long until a person must consent again in any case: five years from consent.
    public let refreshTokenHardExpiresIn: Duration?
    /// What was unusual about the answer and what was assumed instead, in words without secrets; usually empty.
    public let remarks: [String]

    /// Puts a grant together, as a stand-in server or a test does.
    public init(
        accessToken: SecretString, expiresIn: Duration, refreshToken: SecretString?,
        otherRefreshTokens: [SecretString] = [], refreshTokenExpiresIn: Duration? = nil,
        refreshTokenHardExpiresIn: Duration? = nil, remarks: [String] = []
    ) {
        self.accessToken = accessToken
        self.expiresIn = expiresIn
        self.refreshToken = refreshToken
        self.otherRefreshTokens = otherRefreshTokens
        self.refreshTokenExpiresIn = refreshTokenExpiresIn
        self.refreshTokenHardExpiresIn = refreshTokenHardExpiresIn
        self.remarks = remarks
    }
}

/// The refresh token of an answer whose access token is missing or can't be used.
public struct IncompleteGrant: Sendable, Equatable {
    /// The refresh token to try first.
    public let refreshToken: SecretString
    /// Other refresh tokens in the same answer, when the member stood in it more than once.
    public let otherRefreshTokens: [SecretString]
    /// See ``TokenGrantResponse/refreshTokenExpiresIn``.
    public let refreshTokenExpiresIn: Duration?
    /// See ``TokenGrantResponse/refreshTokenHardExpiresIn``.
    public let refreshTokenHardExpiresIn: Duration?
    /// What was unusual about the answer, in words without secrets.
    public let remarks: [String]

    /// Puts an incomplete grant together, as a test does.
    public init(
        refreshToken: SecretString, otherRefreshTokens: [SecretString] = [], refreshTokenExpiresIn: Duration? = nil,
        refreshTokenHardExpiresIn: Duration? = nil, remarks: [String] = []
    ) {
        self.refreshToken = refreshToken
        self.otherRefreshTokens = otherRefreshTokens
        self.refreshTokenExpiresIn = refreshTokenExpiresIn
        self.refreshTokenHardExpiresIn = refreshTokenHardExpiresIn
        self.remarks = remarks
    }
}
