// SPDX-License-Identifier: Apache-2.0
import Foundation

/// An app's keys, from its Keys & credentials page.
///
/// They belong to one environment.
public struct ClientCredentials: Sendable, Hashable, CustomStringConvertible {
    /// The Client ID.
    ///
    /// It is not secret, yet it is never printed here, since people often paste the Client Secret in its place.
    public let clientID: String
    /// The Client Secret.
    public let clientSecret: SecretString

    /// Keeps the two keys together.
    public init(clientID: String, clientSecret: SecretString) {
        self.clientID = clientID
        self.clientSecret = clientSecret
    }

    /// Always "ClientCredentials(redacted)".
    public var description: String { "ClientCredentials(redacted)" }

    /// The value of the Authorization header field.
    ///
    /// Intuit's clients don't percent-encode the two parts, and its keys need none.
    var basicAuthorization: String {
        "Basic " + Data("\(clientID):\(clientSecret.reveal)".utf8).base64EncodedString()
    }
}

extension ClientCredentials: CustomReflectable {
    /// Shows no children, so that `dump` shows nothing.
    public var customMirror: Mirror { Mirror(self, children: []) }
}
