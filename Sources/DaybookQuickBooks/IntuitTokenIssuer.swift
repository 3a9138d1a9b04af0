// SPDX-License-Identifier: Apache-2.0
package import Daybook
package import Foundation
package import HTTPTransport
import IntuitOAuth
import Synchronization

/// The core's token issuer, by Intuit's OAuth server.
///
/// Finds its addresses by the discovery document.
package final class IntuitTokenIssuer: TokenIssuer {
    private let transport: any HTTPTransport
    private let environments: Environments
    private let discovered = Mutex<[Environment.Name: DiscoveryDocument]>([:])

    package init(transport: any HTTPTransport, environments: Environments) {
        self.transport = transport
        self.environments = environments
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
        // In a task of its own, which nobody cancels: where one loop fails, the others are cancelled, and by then
        // Intuit may have replaced the refresh token; the new one stands in this answer alone. The call's own deadline
        // ends it.
        let call = Task { await client.answer(to: request) }
        return try await call.value.get()
    }

    package func read(_ answer: Daybook.RawTokenAnswer) -> TokenVerdict {
        let raw = IntuitOAuth.RawTokenAnswer(status: answer.status, intuitTID: answer.intuitTID, body: answer.body)
        return switch raw.interpreted() {
        case .granted(let grant): .granted(TokenPair(grant))
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
            if let refusal = error.refusal { return .refused(TokenRefusal(refusal), intuitTID: error.intuitTID) }
            throw TokenCallFailure(mayHaveBeenExecuted: true, reason: "\(error)")
        }
    }

    private func client(_ app: App) async throws(TokenCallFailure) -> OAuthClient {
        let credentials = ClientCredentials(
            clientID: app.clientID, clientSecret: SecretString(app.clientSecret.reveal()))
        return OAuthClient(
            transport: transport, discovery: try await discovery(app.environment), credentials: credentials)
    }

    private func discovery(_ name: Environment.Name) async throws(TokenCallFailure) -> DiscoveryDocument {
        if let known = discovered.withLock({ $0[name] }) { return known }
        guard let environment = environments[name] else {
            throw TokenCallFailure(
                mayHaveBeenExecuted: false, reason: "the environment \(name) is not configured",
                isForMissingEnvironment: true)
        }
        do {
            let intuit = try IntuitEnvironment(
                name: name.text, discoveryURL: environment.discoveryURL, quickBooksURL: environment.quickBooksURL)
            let document = try await OAuthClient.discover(intuit, transport: transport)
            guard isKeptOnThisMachine(document, environment) else {
                throw TokenCallFailure(
                    mayHaveBeenExecuted: false,
                    reason: "the discovery document on this machine names addresses elsewhere, which get no secret")
            }
            discovered.withLock { $0[name] = document }
            return document
        } catch let error as TokenCallFailure {
            throw error
        } catch {
            // Only the address was asked for; no token call was made.
            throw TokenCallFailure(mayHaveBeenExecuted: false, reason: "\(error)")
        }
    }
}

extension IntuitTokenIssuer {
    /// A server on this desk stands in for all of Intuit or for nothing: its clock and its tokens are no
    /// business of a server elsewhere, and the other way round.
    private func isKeptOnThisMachine(_ document: DiscoveryDocument, _ environment: Environment) -> Bool {
        guard Self.isLoopback(environment.discoveryURL) else { return true }
        let addresses = [document.authorizationEndpoint, document.tokenEndpoint, document.revocationEndpoint]
        return addresses.allSatisfy(Self.isLoopback)
    }

    private static func isLoopback(_ url: URL) -> Bool {
        guard let host = url.host() else { return false }
        return host == "localhost" || host == "::1"
            || (host.hasPrefix("127.") && host.allSatisfy { $0 == "." || $0.isNumber })
    }
}

extension OAuthClient {
    fileprivate func answer(to request: TokenRequest) async -> Result<Daybook.RawTokenAnswer, TokenCallFailure> {
        do throws(TransportError) {
            let answer = try await requestTokens(request.grant)
            return .success(
                Daybook.RawTokenAnswer(status: answer.status, body: answer.body, intuitTID: answer.intuitTID))
        } catch {
            return .failure(
                TokenCallFailure(mayHaveBeenExecuted: error.mayHaveBeenExecuted, reason: error.description))
        }
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
            refreshToken: grant.refreshToken.map { Secret($0.reveal) }, idleLifetime: grant.refreshTokenExpiresIn,
            hardLifetime: grant.refreshTokenHardExpiresIn)
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
