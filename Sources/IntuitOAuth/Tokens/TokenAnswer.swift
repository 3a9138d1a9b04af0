// SPDX-License-Identifier: Apache-2.0

/// What an answer of the token endpoint means.
public enum TokenAnswer: Sendable, Equatable {
    /// New tokens.
    case granted(TokenGrantResponse)
    /// A definite no.
    case refused(OAuthRefusal)
    /// Nothing definite: throttled, down, cut, HTML, or a grant that lacks something. The tokens held
    /// so far stay as they are. The text says why and holds nothing of the body.
    case unusable(String)
}

/// New tokens.
public struct TokenGrantResponse: Sendable, Equatable {
    /// The access token, opaque, at most 4,096 characters by Intuit's word.
    public let accessToken: SecretString
    /// How long the access token lives from now; an hour at Intuit.
    public let expiresIn: Duration
    /// The refresh token to use from now on; nil means the old one stays.
    public let refreshToken: SecretString?
    /// How long the refresh token lives if it is not used: the *remaining* time, 100 days at most
    /// by the documentation, 101 days as observed.
    public let refreshTokenExpiresIn: Duration?
    /// How long until a person must consent again whatever is done: five years from consent.
    public let refreshTokenHardExpiresIn: Duration?

    /// Puts a grant together, as a stand-in server or a test does.
    public init(
        accessToken: SecretString, expiresIn: Duration, refreshToken: SecretString?,
        refreshTokenExpiresIn: Duration? = nil, refreshTokenHardExpiresIn: Duration? = nil
    ) {
        self.accessToken = accessToken
        self.expiresIn = expiresIn
        self.refreshToken = refreshToken
        self.refreshTokenExpiresIn = refreshTokenExpiresIn
        self.refreshTokenHardExpiresIn = refreshTokenHardExpiresIn
    }
}
