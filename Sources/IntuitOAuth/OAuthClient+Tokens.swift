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
    /// - Throws: ``OAuthError`` with code `unreachable`, `refused` or `unusableAnswer`. Where
    ///   ``OAuthError/newRefreshToken`` is set, store that one: Intuit's answer held it and no access token.
    public func refresh(_ refreshToken: SecretString) async throws(OAuthError) -> TokenGrantResponse {
        try await tokens(for: .refreshToken(refreshToken.reveal))
    }

    private func tokens(for grant: TokenGrant) async throws(OAuthError) -> TokenGrantResponse {
        let first = try await answer(to: grant)
        guard let incomplete = first.incomplete else { return try first.whole() }
        // The refresh token may be the only one that works from now on, so it is used at once.
        var newest = incomplete.refreshToken
        do {
            let second = try await answer(to: .refreshToken(newest.reveal))
            newest = second.incomplete?.refreshToken ?? newest
            return try second.whole().falling(backOn: incomplete)
        } catch {
            throw error.holding(newest)
        }
    }

    private func answer(to grant: TokenGrant) async throws(OAuthError) -> RawTokenAnswer {
        do {
            return try await requestTokens(grant)
        } catch {
            throw OAuthError(.unreachable, reason: error.description, transport: error)
        }
    }
}

extension RawTokenAnswer {
    fileprivate var incomplete: IncompleteGrant? {
        guard case .incomplete(let grant) = interpreted() else { return nil }
        return grant
    }

    /// The grant, where nothing of it is missing.
    fileprivate func whole() throws(OAuthError) -> TokenGrantResponse {
        switch interpreted() {
        case .granted(let response): return response
        case .incomplete: throw unusable("it holds no access token")
        case .refused(let refusal): throw OAuthError(refusal, status: status)
        case .unusable(let reason): throw unusable(reason)
        }
    }

    private func unusable(_ reason: String) -> OAuthError {
        OAuthError(.unusableAnswer, reason: reason, status: status, intuitTID: intuitTID)
    }
}

extension TokenGrantResponse {
    /// This grant, with the refresh token and the life times of the earlier answer where it has none of its own.
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
    /// The same failure, after an answer whose refresh token must not be lost.
    fileprivate func holding(_ refreshToken: SecretString) -> OAuthError {
        var error = self
        error.newRefreshToken = refreshToken
        return error
    }

    /// A refusal as an error.
    init(_ refusal: OAuthRefusal, status: Int) {
        self.init(
            .refused, reason: refusal.explanation, refusal: refusal, status: status, intuitTID: refusal.intuitTID)
    }
}
