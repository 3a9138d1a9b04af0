// SPDX-License-Identifier: Apache-2.0
public import Foundation
public import HTTPTransport
import HTTPTypes

/// OAuth 2.0 as Intuit speaks it: consent address, code exchange, refresh and revocation.
///
/// It keeps nothing, retries nothing and logs nothing. The owner of the grant decides when to refresh
/// and must see to it that one refresh at a time runs per grant: Intuit replaces the refresh token
/// about once a day, and the loser of a race holds a dead one.
public struct OAuthClient: Sendable {
    /// The server's addresses.
    public let discovery: DiscoveryDocument
    /// The app's keys.
    public let credentials: ClientCredentials
    /// How long to wait for the last byte of an answer.
    public let callDeadline: Duration
    private let transport: any HTTPTransport

    /// A client for one app.
    ///
    /// - Parameters:
    ///   - transport: Sends requests; must follow no redirects and retry nothing.
    ///   - discovery: What ``discover(_:transport:deadline:)`` returned, now or earlier.
    ///   - credentials: The app's keys for that environment.
    ///   - callDeadline: Per call, by default 8 seconds.
    public init(
        transport: any HTTPTransport, discovery: DiscoveryDocument, credentials: ClientCredentials,
        callDeadline: Duration = .seconds(8)
    ) {
        self.transport = transport
        self.discovery = discovery
        self.credentials = credentials
        self.callDeadline = callDeadline
    }

    /// Fetches an environment's discovery document.
    ///
    /// - Throws: ``OAuthError`` with code `unreachable`, `unusableAnswer`, `invalidDiscovery` or
    ///   `invalidAddress`.
    public static func discover(
        _ environment: IntuitEnvironment, transport: any HTTPTransport, deadline: Duration = .seconds(8)
    ) async throws(OAuthError) -> DiscoveryDocument {
        try DiscoveryDocument(parsing: await discoveryBytes(environment, transport: transport, deadline: deadline))
    }

    /// Fetches an environment's discovery document as it is, so that it can be kept.
    ///
    /// - Throws: ``OAuthError`` with code `unreachable`, `unusableAnswer` or `invalidAddress`.
    public static func discoveryBytes(
        _ environment: IntuitEnvironment, transport: any HTTPTransport, deadline: Duration = .seconds(8)
    ) async throws(OAuthError) -> [UInt8] {
        let address = try AbsoluteAddress(environment.discoveryURL)
        let request = TransportRequest(head: address.request(.get, fields: [.accept: "application/json"]))
        let answer: TransportResponse
        do {
            answer = try await transport.transmit(request, deadline: deadline)
        } catch {
            throw OAuthError(.unreachable, reason: error.description, transport: error)
        }
        guard answer.statusCode == 200 else {
            throw OAuthError(
                .unusableAnswer, reason: "no discovery document was returned", status: answer.statusCode,
                intuitTID: answer.intuitTID)
        }
        return answer.body
    }

    /// The address to send a person's browser to.
    ///
    /// - Parameters:
    ///   - redirectURI: One of those registered for the app, byte for byte.
    ///   - state: An unguessable value, bound to the browser's session and used once.
    ///   - scopes: What to ask for; by default the books.
    public func authorizationURL(redirectURI: String, state: String, scopes: [Scope] = [.accounting]) -> URL {
        let query = FormEncoding.encoded([
            ("client_id", credentials.clientID),
            ("response_type", "code"),
            ("scope", scopes.map(\.rawValue).joined(separator: " ")),
            ("redirect_uri", redirectURI),
            ("state", state),
        ])
        guard var components = URLComponents(url: discovery.authorizationEndpoint, resolvingAgainstBaseURL: false)
        else {
            preconditionFailure("an endpoint of a discovery document is a complete address")
        }
        components.percentEncodedQuery = [components.percentEncodedQuery, query].compactMap(\.self).joined(
            separator: "&")
        guard let url = components.url else { preconditionFailure("the query is percent-encoded") }
        return url
    }

    /// Sends one token request and returns the answer unread, whatever its status.
    ///
    /// Of an answer that was cut, it returns the part that came.
    ///
    /// Store the answer, then call ``RawTokenAnswer/interpreted()``. After an error whose
    /// ``HTTPTransport/TransportError/mayHaveBeenExecuted`` is true, Intuit may have replaced the refresh token.
    ///
    /// - Throws: `TransportError` and nothing else.
    public func requestTokens(_ grant: TokenGrant) async throws(TransportError) -> RawTokenAnswer {
        var fields = authorizedFields
        fields[.contentType] = "application/x-www-form-urlencoded"
        // Without it Intuit doesn't tell when the five years end.
        fields[.includeHardExpiry] = "true"
        let head = try request(to: discovery.tokenEndpoint, fields: fields)
        let body = Array(FormEncoding.encoded(grant.form).utf8)
        let request = TransportRequest(head: head, body: body, acceptsCutBody: true)
        let answer = try await transport.transmit(request, deadline: callDeadline)
        return RawTokenAnswer(status: answer.statusCode, intuitTID: answer.intuitTID, body: answer.body)
    }

    /// Ends a grant: both its tokens die.
    ///
    /// If Intuit does not accept the token any more, that is no error but ``Revocation/Outcome/tokenNotValid``: the
    /// grant may have ended already, or go on with a newer refresh token.
    ///
    /// - Parameter token: The refresh token or the access token.
    /// - Throws: ``OAuthError`` with code `unreachable`, `refused` (wrong keys) or `unusableAnswer`.
    @discardableResult
    public func revoke(token: SecretString) async throws(OAuthError) -> Revocation {
        var fields = authorizedFields
        fields[.contentType] = "application/json"
        let answer: TransportResponse
        do {
            let head = try request(to: discovery.revocationEndpoint, fields: fields)
            let body = Array(#"{"token":\#(JSONText.quoted(token.reveal))}"#.utf8)
            answer = try await transport.transmit(TransportRequest(head: head, body: body), deadline: callDeadline)
        } catch {
            throw OAuthError(.unreachable, reason: error.description, transport: error)
        }
        if answer.statusCode == 200 { return Revocation(.ended, intuitTID: answer.intuitTID) }
        let raw = RawTokenAnswer(status: answer.statusCode, intuitTID: answer.intuitTID, body: answer.body)
        switch raw.interpreted() {
        case .refused(let refusal) where refusal.error == .invalidClient || refusal.error == .unauthorizedClient:
            throw OAuthError(refusal, status: raw.status)
        default:
            // Intuit answers 400 for a token that is already revoked or expired, in JSON or with nothing; an HTML
            // page of a gateway with the same status says nothing about the token.
            if answer.statusCode == 400, raw.isWhole || answer.body.isEmpty {
                return Revocation(.tokenNotValid, intuitTID: raw.intuitTID)
            }
            throw OAuthError(
                .unusableAnswer, reason: "the grant could not be ended", status: raw.status, intuitTID: raw.intuitTID)
        }
    }

    private var authorizedFields: HTTPFields {
        [.authorization: credentials.basicAuthorization, .accept: "application/json"]
    }

    private func request(to url: URL, fields: HTTPFields) throws(TransportError) -> HTTPRequest {
        do {
            return try AbsoluteAddress(url).request(.post, fields: fields)
        } catch {
            throw .invalidRequest(reason: error.reason)
        }
    }
}
