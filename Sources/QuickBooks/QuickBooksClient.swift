// SPDX-License-Identifier: Apache-2.0
public import Foundation
public import HTTPTransport
import HTTPTypes

/// The Accounting API v3 of one company.
///
/// It keeps nothing, retries nothing, paces nothing and logs nothing: ``Pacer`` paces, and only the caller can know
/// what to do after an unknown outcome. The verbs throw. A caller that must not do a thing twice prepares a request,
/// stores it, and calls ``send(_:accessToken:deadline:)``, which never throws.
public struct QuickBooksClient: Sendable {
    /// Composes the requests; pure.
    public let composer: RequestComposer
    /// How long to wait for a single call's answer.
    public let callDeadline: Duration
    /// How long to wait for a batch's answer; Intuit's own limit is 120 seconds.
    public let batchDeadline: Duration
    private let baseURL: URL
    private let transport: any HTTPTransport
    private let accessToken: @Sendable () async throws -> AccessToken

    /// A client for one company.
    ///
    /// - Parameters:
    ///   - transport: Sends requests; must follow no redirects and retry nothing.
    ///   - baseURL: `https://quickbooks.api.intuit.com`, the sandbox's, or one on this machine.
    ///   - realmID: The company's number.
    ///   - callDeadline: Per single call, by default 30 seconds.
    ///   - batchDeadline: Per batch, by default 120 seconds.
    ///   - minorVersion: By default 75.
    ///   - accessToken: Called before each verb's request; not by ``send(_:accessToken:deadline:)``.
    public init(
        transport: any HTTPTransport, baseURL: URL, realmID: String, callDeadline: Duration = .seconds(30),
        batchDeadline: Duration = .seconds(120), minorVersion: Int = 75,
        accessToken: @escaping @Sendable () async throws -> AccessToken = Self.withoutToken
    ) {
        self.transport = transport
        self.baseURL = baseURL
        self.callDeadline = callDeadline
        self.batchDeadline = batchDeadline
        self.accessToken = accessToken
        composer = RequestComposer(realmID: realmID, minorVersion: minorVersion)
    }

    /// What a client without a token of its own does when a verb needs one: it throws `accessTokenMissing`.
    @Sendable public static func withoutToken() async throws -> AccessToken {
        throw QuickBooksError(.accessTokenMissing, reason: "the client was made without an access token")
    }

    /// Freezes a creation without sending it.
    public func prepareCreate<Entity: QuickBooksEntity>(
        _ entity: Entity, requestID: String? = nil
    ) throws(QuickBooksError) -> PreparedRequest {
        try composer.create(entity, requestID: requestID)
    }

    /// Freezes a batch without sending it.
    public func prepareBatch(
        _ items: [BatchItem], requestID: String? = nil
    ) throws(QuickBooksError) -> PreparedRequest {
        try composer.batch(items, requestID: requestID)
    }

    /// Sends a frozen request once and says what became of it.
    ///
    /// Never throws.
    ///
    /// - Parameter deadline: How long to wait; ``callDeadline`` or ``batchDeadline`` if nil.
    public func send(
        _ prepared: PreparedRequest, accessToken: AccessToken, deadline: Duration? = nil
    ) async -> CallOutcome {
        guard let address = APIAddress(baseURL) else {
            return .notExecuted(
                .invalidAddress(reason: "only https is allowed (plain http only for localhost)"), intuitTID: nil)
        }
        let head = address.request(prepared, accessToken: accessToken)
        let usual = prepared.kind == .batch ? batchDeadline : callDeadline
        do {
            let request = TransportRequest(head: head, body: prepared.body)
            return CallOutcome(try await transport.send(request, deadline: deadline ?? usual))
        } catch let error as TransportError {
            return CallOutcome(error)
        } catch {
            // Against its contract, the transport threw another error: the request may have been sent.
            return .unknown(.cut, intuitTID: nil)
        }
    }

    /// Sends with the client's own token and keeps only a good answer.
    func body(of prepared: PreparedRequest) async throws -> [UInt8] {
        switch await send(prepared, accessToken: try await accessToken()) {
        case .answered(_, let body, _): return body
        case .refused(let fault, let tid):
            throw QuickBooksError(.refused, reason: "QuickBooks refused: \(fault).", fault: fault, intuitTID: tid)
        case .notExecuted(let reason, let tid):
            throw QuickBooksError(.notExecuted, reason: reason.explanation, notExecuted: reason, intuitTID: tid)
        case .unknown(let reason, let tid):
            throw QuickBooksError(
                .unknownOutcome, reason: reason.explanation, unknown: reason, isOfRead: prepared.method == "GET",
                intuitTID: tid)
        }
    }
}
