// SPDX-License-Identifier: Apache-2.0
public import HTTPTransport

/// What went wrong between this library and Intuit's OAuth server.
///
/// Branch on ``code``; new codes may be added. ``description`` is one or two plain sentences that
/// say what happened and what to do now. It never holds a token, a code or a secret.
public struct OAuthError: Error, Sendable, Equatable {
    /// The kind of an ``OAuthError``.
    public struct Code: Sendable, Hashable, CustomStringConvertible {
        /// The code as a word, for logs.
        public let description: String

        private init(_ description: String) { self.description = description }

        /// An address is not https (or http on this machine itself), or isn't absolute.
        public static let invalidAddress = Code("invalidAddress")
        /// The discovery document can't be read or lacks an endpoint.
        public static let invalidDiscovery = Code("invalidDiscovery")
        /// A redirect lacks its code or state, holds a parameter twice, or can't be read.
        public static let invalidRedirect = Code("invalidRedirect")
        /// Nothing came back; see ``OAuthError/transport`` for whether the request may have arrived.
        public static let unreachable = Code("unreachable")
        /// Intuit refused definitely; see ``OAuthError/refusal``.
        public static let refused = Code("refused")
        /// An answer came that says nothing definite: throttled, down, cut or garbage.
        public static let unusableAnswer = Code("unusableAnswer")
    }

    /// The kind of failure.
    public let code: Code
    /// Why, in words, without secrets.
    public let reason: String
    /// Intuit's definite refusal, for ``Code/refused``.
    public let refusal: OAuthRefusal?
    /// The transport's failure, for ``Code/unreachable``.
    public let transport: TransportError?
    /// The HTTP status of the answer, if one came.
    public let status: Int?
    /// Intuit's trace id of the answer; its support asks for it.
    public let intuitTID: String?
    /// A new refresh token of an answer that held no access token.
    ///
    /// Store it: it may be the only one that works from now on.
    public var newRefreshToken: SecretString?

    /// Makes an error.
    public init(
        _ code: Code, reason: String, refusal: OAuthRefusal? = nil, transport: TransportError? = nil,
        status: Int? = nil, intuitTID: String? = nil
    ) {
        self.code = code
        self.reason = reason
        self.refusal = refusal
        self.transport = transport
        self.status = status
        self.intuitTID = intuitTID
    }
}

extension OAuthError: CustomStringConvertible {
    /// What happened and what to do now.
    public var description: String {
        guard newRefreshToken != nil else { return happened + remedy }
        return happened + " Before that Intuit gave a new refresh token: store it, and try again with that one."
    }

    private var happened: String {
        switch code {
        case .unreachable: "Intuit can't be reached: \(reason)"
        case .unusableAnswer: "Intuit's answer\(statusText) can't be used: \(reason)."
        default: reason
        }
    }

    private var remedy: String {
        switch code {
        case .unreachable: " Check the network; trying again does no harm."
        case .unusableAnswer: " Try again in a minute."
        default: ""
        }
    }

    private var statusText: String { status.map { " (status \($0))" } ?? "" }
}
