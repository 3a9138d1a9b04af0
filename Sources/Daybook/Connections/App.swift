// SPDX-License-Identifier: Apache-2.0

/// The keys of an app at Intuit: a Client ID with its Client Secret, good in one environment.
package struct App: Hashable, Sendable {
    /// What identifies an app: within an environment Intuit gives no Client ID twice.
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
    /// The last secret before this one that Intuit accepted, and may still accept while secrets are rotated.
    package let retiringSecret: Secret?
    /// Whether Intuit has accepted the Client Secret; one that was only typed may be mistyped.
    package let hasWorked: Bool

    package init(
        environment: Environment.Name, clientID: String, clientSecret: Secret, retiringSecret: Secret? = nil,
        hasWorked: Bool = false
    ) {
        self.environment = environment
        self.clientID = clientID
        self.clientSecret = clientSecret
        self.retiringSecret = retiringSecret
        self.hasWorked = hasWorked
    }

    package var key: Key { Key(environment: environment, clientID: clientID) }
}

extension App {
    /// The app with a secret that was entered.
    ///
    /// The last secret that Intuit accepted is kept, however many were mistyped since: during a secret rotation both
    /// are good.
    func with(secret: Secret) -> App {
        if secret == clientSecret { return self }
        // A secret that is not known to have worked does not displace the one that did.
        guard hasWorked else {
            let isTheLastGood = secret == retiringSecret
            return App(
                environment: environment, clientID: clientID, clientSecret: secret,
                retiringSecret: isTheLastGood ? nil : retiringSecret, hasWorked: isTheLastGood)
        }
        return App(environment: environment, clientID: clientID, clientSecret: secret, retiringSecret: clientSecret)
    }

    /// The app after Intuit has accepted one of its two secrets, which comes first from now on; nil when nothing
    /// changes.
    package func afterTaking(_ secret: Secret) -> App? {
        if secret == clientSecret { return hasWorked ? nil : with(hasWorked: true) }
        guard secret == retiringSecret else { return nil }
        return withOtherSecretFirst?.with(hasWorked: true)
    }

    func with(hasWorked: Bool) -> App {
        App(
            environment: environment, clientID: clientID, clientSecret: clientSecret, retiringSecret: retiringSecret,
            hasWorked: hasWorked)
    }

    /// The app with its two secrets swapped; nil when it has one.
    var withOtherSecretFirst: App? {
        retiringSecret.map {
            App(environment: environment, clientID: clientID, clientSecret: $0, retiringSecret: clientSecret)
        }
    }

    /// The app without the second secret, for keys that somebody has just typed: they are right or wrong by themselves.
    var withoutOtherSecret: App { App(environment: environment, clientID: clientID, clientSecret: clientSecret) }
}
