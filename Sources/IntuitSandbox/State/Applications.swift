// SPDX-License-Identifier: Apache-2.0

/// Which of Intuit's two worlds a key, a token or a host belongs to.
public enum SandboxEnvironment: String, Sendable, Hashable, CaseIterable {
    /// Intuit's sandbox, for development keys.
    case sandbox
    /// The real thing, for production keys.
    case production
}

/// One set of keys of an app on the developer's side.
public struct SandboxApp: Sendable, Equatable {
    /// Client ID, as the keys tab shows it.
    public let clientID: String
    /// Client Secret, as the keys tab shows it.
    public let clientSecret: String
    /// Development keys belong to Intuit's sandbox, production keys to production.
    public let environment: SandboxEnvironment
    /// Addresses that consent may lead back to, compared byte for byte.
    public internal(set) var redirectURIs: [String]
    /// An app that Intuit doesn't allow gets `unauthorized_client`.
    public internal(set) var isAllowed: Bool

    /// The seeded development keys.
    public static let development = SandboxApp(
        clientID: "ABsandboxDevelopmentKeys00000000000000000000000000",
        clientSecret: "sandboxDevelopmentSecret0000000000000000",
        environment: .sandbox,
        redirectURIs: SandboxApp.presetRedirectURIs,
        isAllowed: true)

    /// The seeded production keys.
    public static let production = SandboxApp(
        clientID: "ABsandboxProductionKeys000000000000000000000000000",
        clientSecret: "sandboxProductionSecret00000000000000000",
        environment: .production,
        redirectURIs: SandboxApp.presetRedirectURIs,
        isAllowed: true)

    /// Daybook's usual callback, and Intuit's Playground.
    public static let presetRedirectURIs = [
        "http://localhost:8710/connection/callback",
        "https://developer.intuit.com/v2/OAuth2Playground/RedirectUrl",
    ]
}
