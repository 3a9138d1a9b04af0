// SPDX-License-Identifier: Apache-2.0
import Foundation

/// One browser's Playground: what was chosen, and what Intuit has answered so far.
struct Playground: Sendable {
    static let path = "/app/developer/playground"

    /// What a token answer held.
    struct Tokens: Sendable {
        var refreshToken: String
        var accessToken: String
        /// Seconds.
        var expiresIn: Int
        /// Seconds until the refresh token expires if it is not used.
        var refreshExpiresIn: Int
        var idToken: String?
        var received: Instant

        /// Nil for any other body.
        init?(_ body: JSONValue, received: Instant) {
            guard let refresh = body["refresh_token"]?.text, let access = body["access_token"]?.text,
                let expires = body["expires_in"]?.wholeNumber,
                let refreshExpires = body["x_refresh_token_expires_in"]?.wholeNumber
            else { return nil }
            refreshToken = refresh
            accessToken = access
            expiresIn = expires
            refreshExpiresIn = refreshExpires
            idToken = body["id_token"]?.text
            self.received = received
        }
    }

    /// An answer to the sample call, as it came.
    struct Shown: Sendable {
        var status: Int
        var body: String
    }

    /// A message for one of the steps, shown once.
    struct StepMessage: Sendable {
        var step: Int
        var message: Message
    }

    var workspaceID: String?
    var clientID: String?
    var scopes: [String] = []
    /// Binds the consent's answer to this browser.
    var state: String?
    var code: String?
    var realmID: String?
    var tokens: Tokens?
    var company: Shown?
    var said: StepMessage?

    /// Chooses another app; what the former one was given is forgotten.
    mutating func choose(workspaceID: String, clientID: String?) {
        guard workspaceID != self.workspaceID || clientID != self.clientID else { return }
        self = Playground(workspaceID: workspaceID, clientID: clientID)
    }

    init(workspaceID: String? = nil, clientID: String? = nil) {
        self.workspaceID = workspaceID
        self.clientID = clientID
    }
}

extension Playground {
    /// Where a consent for the Playground leads: to this server's copy of Intuit's page.
    ///
    /// The URI that apps register stays Intuit's own, byte for byte.
    static func landing(_ redirectURI: String, _ call: IncomingCall) -> String {
        guard !call.isIntuitHost, sameBytes(redirectURI, SandboxApp.playgroundRedirectURI) else { return redirectURI }
        return "\(call.base)/v2/OAuth2Playground/RedirectUrl"
    }
}

extension JSONValue {
    fileprivate var wholeNumber: Int? { decimal.flatMap { Int($0.description) } }
}
