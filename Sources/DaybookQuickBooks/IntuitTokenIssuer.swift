// SPDX-License-Identifier: Apache-2.0
package import Daybook
package import Foundation
package import HTTPTransport
import IntuitOAuth

/// The core's token issuer, over Intuit's OAuth server, whose addresses are in the discovery document.
package final class IntuitTokenIssuer: TokenIssuer {
    private let transport: any HTTPTransport
    private let discovery: DiscoveryDocuments
    private let callDeadline: Duration

    /// - Parameters:
    ///   - clock: Tells how old the discovery documents are.
    ///   - store: Keeps them for the next start; nil keeps none.
    ///   - logEvents: Is told when one can't be read or isn't believed.
    ///   - callDeadline: How long a token call may take, to the last byte of its answer.
    package init(
        transport: any HTTPTransport, environments: Environments, clock: any WallClock,
        store: (any DiscoveryStore)? = nil, logEvents: (any LogEventSink)? = nil, callDeadline: Duration = .seconds(8)
    ) {
        self.transport = transport
        self.callDeadline = callDeadline
        discovery = DiscoveryDocuments(
            transport: transport, environments: environments, clock: clock, store: store, logEvents: logEvents)
    }

    /// Reads the discovery documents of these environments, so that a start finds the addresses, or says what is wrong.
    ///
    /// What can't be read now is read with the first call.
    package func readDiscovery(of names: [Environment.Name]) async {
        for name in names {
            do {
                _ = try await discovery.document(of: name)
            } catch {
                discovery.say(error.reason, name)
            }
        }
    }

    package func consentURL(app: App, redirectURI: String, state: String) async throws(TokenCallFailure)
        -> URL
    {
        try await client(app).authorizationURL(redirectURI: redirectURI, state: state)
    }

    package func ask(_ request: TokenRequest, app: App) async throws(TokenCallFailure)
        -> Daybook.RawTokenAnswer
    {
        let client = try await client(app)
        // The call runs in a task of its own, which is never cancelled: when one loop fails, the others are cancelled,
        // but by then Intuit may have replaced the refresh token, and only this answer has the new one. The call ends
        // by its own deadline.
        let call = Task { await client.answer(to: request) }
        let result = await call.value
        if EndpointMove.explains(result) { discovery.endpointFailed(of: app.environment) }
        return try result.mapError { TokenCallFailure($0) }.get()
    }

    package func read(_ answer: Daybook.RawTokenAnswer) -> TokenVerdict {
        let raw = IntuitOAuth.RawTokenAnswer(status: answer.status, intuitTID: answer.intuitTID, body: answer.body)
        return switch raw.interpreted() {
        case .granted(let grant): .granted(TokenPair(grant))
        case .incomplete(let grant): .granted(TokenPair(grant))
        case .refused(let refusal): .refused(TokenRefusal(refusal))
        case .unusable(let reason): .unusable(reason: "\(reason)")
        }
    }

    package func reason(in answer: Daybook.RawTokenAnswer) -> String? {
        let raw = IntuitOAuth.RawTokenAnswer(status: answer.status, intuitTID: answer.intuitTID, body: answer.body)
        guard case .refused(let refusal) = raw.interpreted(), let reason = refusal.reason else { return nil }
        let word = reason.filter { $0.isASCII && ($0.isLetter || $0.isNumber || "_ -".contains($0)) }.prefix(60)
        return word.isEmpty ? nil : String(word)
    }

    @discardableResult
    package func revoke(_ token: Secret, app: App) async throws(TokenCallFailure) -> RevokeVerdict {
        let client = try await client(app)
        do throws(OAuthError) {
            let revocation = try await client.revoke(token: SecretString(token.reveal()))
            return switch revocation.outcome {
            case .ended: .ended(intuitTID: revocation.intuitTID)
            case .tokenNotValid: .notTaken(intuitTID: revocation.intuitTID)
            }
        } catch {
            let isMoved =
                error.status.map { EndpointMove.explains(status: $0) }
                ?? error.transport.map { EndpointMove.explains($0) } ?? false
            if isMoved { discovery.endpointFailed(of: app.environment) }
            if let refusal = error.refusal { return .refused(TokenRefusal(refusal), intuitTID: error.intuitTID) }
            throw TokenCallFailure(mayHaveBeenExecuted: true, reason: "\(error)")
        }
    }

    private func client(_ app: App) async throws(TokenCallFailure) -> OAuthClient {
        let credentials = ClientCredentials(
            clientID: app.clientID, clientSecret: SecretString(app.clientSecret.reveal()))
        return OAuthClient(
            transport: transport, discovery: try await discovery.document(of: app.environment),
            credentials: credentials, callDeadline: callDeadline)
    }
}

extension OAuthClient {
    fileprivate func answer(to request: TokenRequest) async -> Result<Daybook.RawTokenAnswer, TransportError> {
        do throws(TransportError) {
            let answer = try await requestTokens(request.grant)
            return .success(
                Daybook.RawTokenAnswer(status: answer.status, body: answer.body, intuitTID: answer.intuitTID))
        } catch {
            return .failure(error)
        }
    }
}

extension EndpointMove {
    fileprivate static func explains(_ result: Result<Daybook.RawTokenAnswer, TransportError>) -> Bool {
        switch result {
        case .success(let answer): explains(status: answer.status)
        case .failure(let error): explains(error)
        }
    }
}

extension TokenCallFailure {
    fileprivate init(_ error: TransportError) {
        self.init(mayHaveBeenExecuted: error.mayHaveBeenExecuted, reason: error.description)
    }
}

extension TokenRequest {
    fileprivate var grant: TokenGrant {
        switch self {
        case .refresh(let token): .refreshToken(token.reveal())
        case .exchange(let code, let redirectURI):
            .authorizationCode(code.reveal(), redirectURI: redirectURI)
        }
    }
}

extension TokenPair {
    fileprivate init(_ grant: TokenGrantResponse) {
        self.init(
            accessToken: Secret(grant.accessToken.reveal), accessLifetime: grant.expiresIn,
            refreshToken: grant.refreshToken.map { Secret($0.reveal) },
            otherRefreshTokens: grant.otherRefreshTokens.map { Secret($0.reveal) },
            idleLifetime: grant.refreshTokenExpiresIn, hardLifetime: grant.refreshTokenHardExpiresIn,
            remarks: grant.remarks)
    }

    fileprivate init(_ grant: IncompleteGrant) {
        self.init(
            accessToken: nil, accessLifetime: .zero, refreshToken: Secret(grant.refreshToken.reveal),
            otherRefreshTokens: grant.otherRefreshTokens.map { Secret($0.reveal) },
            idleLifetime: grant.refreshTokenExpiresIn, hardLifetime: grant.refreshTokenHardExpiresIn,
            remarks: grant.remarks)
    }
}

extension TokenRefusal {
    fileprivate init(_ refusal: OAuthRefusal) {
        self =
            switch refusal.error {
            case .invalidGrant: .invalidGrant(reason: refusal.reason)
            case .invalidClient: .invalidClient
            default: .other(error: refusal.error.rawValue)
            }
    }
}
