// SPDX-License-Identifier: Apache-2.0

/// Which of Intuit's two environments a key, a token or a host belongs to.
public enum SandboxEnvironment: String, Sendable, Hashable, CaseIterable {
    /// Intuit's sandbox, for development keys.
    case sandbox
    /// Intuit's production, for production keys.
    case production
}

/// One set of keys of an app on the developer's side.
public struct SandboxApp: Sendable, Equatable {
    /// The app these keys belong to: ``SandboxRegistration/appID``.
    public let appID: String
    /// Client ID, as the keys tab shows it.
    public let clientID: String
    /// Client Secret, as the keys tab shows it.
    public internal(set) var clientSecret: String
    /// The secret before the last rotation, while it is still good.
    public internal(set) var previousSecret: String?
    /// Development keys belong to Intuit's sandbox, production keys to production.
    public let environment: SandboxEnvironment
    /// Addresses that consent may lead back to, compared byte for byte.
    public internal(set) var redirectURIs: [String]
    /// Whether Intuit allows these keys; if not, token calls with them get `unauthorized_client`.
    public internal(set) var isAllowed: Bool
    /// Where QuickBooks sends its users for this app.
    public internal(set) var urls = SandboxAppURLs()

    /// The seeded development keys, of the app "Daybook".
    public static let development = SandboxApp(
        appID: "app-daybook",
        clientID: "ABsandboxDevelopmentKeys00000000000000000000000000",
        clientSecret: "sandboxDevelopmentSecret0000000000000000",
        environment: .sandbox,
        redirectURIs: SandboxApp.presetRedirectURIs,
        isAllowed: true)

    /// The seeded production keys, of the app "Daybook".
    ///
    /// They have a redirect URI on localhost, which Intuit does not take for production keys; the sandbox takes a
    /// further one by a control call only.
    public static let production = SandboxApp(
        appID: "app-daybook",
        clientID: "ABsandboxProductionKeys000000000000000000000000000",
        clientSecret: "sandboxProductionSecret00000000000000000",
        environment: .production,
        redirectURIs: SandboxApp.presetRedirectURIs,
        isAllowed: true)

    /// Development keys of the second seeded app, "Old rental integration".
    static let oldDevelopment = SandboxApp(
        appID: "app-old-rental",
        clientID: "ABsandboxOldDevelopmentKeys00000000000000000000000",
        clientSecret: "sandboxOldDevelopmentSecret0000000000000",
        environment: .sandbox,
        redirectURIs: [SandboxApp.playgroundRedirectURI],
        isAllowed: true)

    /// Production keys of the second seeded app, "Old rental integration".
    static let oldProduction = SandboxApp(
        appID: "app-old-rental",
        clientID: "ABsandboxOldProductionKeys000000000000000000000000",
        clientSecret: "sandboxOldProductionSecret00000000000000",
        environment: .production,
        redirectURIs: [SandboxApp.playgroundRedirectURI],
        isAllowed: true)

    /// The redirect URI of Intuit's Playground.
    public static let playgroundRedirectURI = "https://developer.intuit.com/v2/OAuth2Playground/RedirectUrl"

    /// Daybook's usual callback, and Intuit's Playground.
    public static let presetRedirectURIs = [
        "http://localhost:8710/connection/callback", SandboxApp.playgroundRedirectURI,
    ]
}

/// Where QuickBooks sends its users for an app; each one optional.
///
/// Development and production keys have their own, as at Intuit.
public struct SandboxAppURLs: Sendable, Equatable {
    /// The app's domain, without a scheme, such as `books.example.com`.
    public var hostDomain: String?
    /// Opened from the list of apps in QuickBooks.
    public var launch: String?
    /// Where the browser lands after somebody disconnected the app in QuickBooks; `realmId` is added to the query.
    public var disconnect: String?
    /// Where QuickBooks sends a user whose connection is broken or near its end; `realmId` is added to the query.
    public var reconnect: String?

    /// No address at all, until some are set.
    public init(
        hostDomain: String? = nil, launch: String? = nil, disconnect: String? = nil, reconnect: String? = nil
    ) {
        self.hostDomain = hostDomain
        self.launch = launch
        self.disconnect = disconnect
        self.reconnect = reconnect
    }
}
