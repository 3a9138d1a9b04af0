// SPDX-License-Identifier: Apache-2.0
import HTTPTransport

extension OAuthClient {
    /// Turns a redirect's code into tokens.
    ///
    /// - Throws: ``OAuthError`` with code `unreachable`, `refused` or `unusableAnswer`. A grant without a
    ///   refresh token is unusable here.
    public func exchange(code: SecretString, redirectURI: String) async throws(OAuthError) -> TokenGrantResponse {
        let grant = try await tokens(for: .authorizationCode(code.reveal, redirectURI: redirectURI))
        guard grant.refreshToken != nil else {
            throw OAuthError(.unusableAnswer, reason: "it holds no refresh token", status: 200)
        }
        return grant
    }

    /// Gets a new access token, and about once a day a new refresh token.
    ///
    /// Store the new refresh token before using the access token. To survive a crash between the two,
    /// use ``requestTokens(_:)`` instead and store its raw answer first.
    ///
    /// - Throws: ``OAuthError`` with code `unreachable`, `refused` or `unusableAnswer`.
    public func refresh(_ refreshToken: SecretString) async throws(OAuthError) -> TokenGrantResponse {
        try await tokens(for: .refreshToken(refreshToken.reveal))
    }

    private func tokens(
        for grant: TokenGrant, isSecond: Bool = false
    ) async throws(OAuthError) -> TokenGrantResponse {
        let raw: RawTokenAnswer
        do {
            raw = try await requestTokens(grant)
        } catch {
            throw OAuthError(.unreachable, reason: error.description, transport: error)
        }
        switch raw.interpreted() {
        case .granted(let response): return response
        case .incomplete(let incomplete):
            // The refresh token may be the only one that works from now on, so that it is used at once.
            guard !isSecond else {
                throw OAuthError(
                    .unusableAnswer, reason: "it holds no access token", status: raw.status, intuitTID: raw.intuitTID)
            }
            return try await tokens(for: .refreshToken(incomplete.refreshToken.reveal), isSecond: true)
                .falling(backOn: incomplete)
        case .refused(let refusal): throw OAuthError(refusal, status: raw.status)
        case .unusable(let reason):
            throw OAuthError(.unusableAnswer, reason: reason, status: raw.status, intuitTID: raw.intuitTID)
        }
    }
}

extension TokenGrantResponse {
    /// With the refresh token of the answer before, where this one brought none.
    fileprivate func falling(backOn earlier: IncompleteGrant) -> TokenGrantResponse {
        guard refreshToken == nil else { return self }
        return TokenGrantResponse(
            accessToken: accessToken, expiresIn: expiresIn, refreshToken: earlier.refreshToken,
            refreshTokenExpiresIn: refreshTokenExpiresIn ?? earlier.refreshTokenExpiresIn,
            refreshTokenHardExpiresIn: refreshTokenHardExpiresIn ?? earlier.refreshTokenHardExpiresIn,
            remarks: earlier.remarks + remarks)
    }
}

extension OAuthError {
    /// A refusal as an error.
    init(_ refusal: OAuthRefusal, status: Int) {
        self.init(
            .refused, reason: refusal.explanation, refusal: refusal, status: status, intuitTID: refusal.intuitTID)
    }
}
