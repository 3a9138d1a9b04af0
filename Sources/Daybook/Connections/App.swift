// SPDX-License-Identifier: Apache-2.0

/// The keys of an app at Intuit: a Client ID with its Client Secret, good in one environment.
package struct App: Hashable, Sendable {
    /// What an app is known by: Intuit gives no Client ID twice, and its worlds don't know each other.
    package struct Key: Hashable, Sendable, Comparable {
        package let environment: Environment.Name
        package let clientID: String

        package init(environment: Environment.Name, clientID: String) {
            self.environment = environment
            self.clientID = clientID
        }

        package static func < (left: Key, right: Key) -> Bool {
            (left.environment, left.clientID) < (right.environment, right.clientID)
        }
    }

    package let environment: Environment.Name
    package let clientID: String
    package let clientSecret: Secret
    /// The secret before the last change, which Intuit may still take while secrets are rotated.
    package let retiringSecret: Secret?

    package init(
        environment: Environment.Name, clientID: String, clientSecret: Secret, retiringSecret: Secret? = nil
    ) {
        self.environment = environment
        self.clientID = clientID
        self.clientSecret = clientSecret
        self.retiringSecret = retiringSecret
    }

    package var key: Key { Key(environment: environment, clientID: clientID) }
}
