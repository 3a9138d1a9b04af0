// SPDX-License-Identifier: Apache-2.0
public import Foundation

/// Where to discover an OAuth server, and where its Accounting API is: one of Intuit's two environments, or a custom
/// one.
///
/// Keys, grants and companies of one environment are unknown in another.
public struct IntuitEnvironment: Sendable, Hashable {
    /// A name to show: `production`, `sandbox`, or the name of a custom environment.
    public let name: String
    /// The address of the OpenID discovery document.
    public let discoveryURL: URL
    /// The base of the Accounting API, without `/v3`.
    public let quickBooksURL: URL

    /// A custom environment, such as a sandbox on this machine.
    ///
    /// - Throws: ``OAuthError/Code/invalidAddress`` unless both addresses are https, or http to
    ///   localhost, 127.0.0.0/8 or [::1].
    public init(name: String, discoveryURL: URL, quickBooksURL: URL) throws(OAuthError) {
        _ = try AbsoluteAddress(discoveryURL)
        _ = try AbsoluteAddress(quickBooksURL)
        self.init(verified: name, discoveryURL: discoveryURL, quickBooksURL: quickBooksURL)
    }

    private init(verified name: String, discoveryURL: URL, quickBooksURL: URL) {
        self.name = name
        self.discoveryURL = discoveryURL
        self.quickBooksURL = quickBooksURL
    }

    /// Real companies, with production keys.
    ///
    /// Source: Intuit's page on OpenID Connect.
    public static let production = IntuitEnvironment(
        verified: "production",
        discoveryURL: address("developer.api.intuit.com", ".well-known", "openid_configuration"),
        quickBooksURL: address("quickbooks.api.intuit.com"))

    /// Intuit's sandbox companies, with development keys.
    ///
    /// Source: Intuit's page on OpenID Connect.
    public static let sandbox = IntuitEnvironment(
        verified: "sandbox",
        discoveryURL: address("developer.api.intuit.com", ".well-known", "openid_sandbox_configuration"),
        quickBooksURL: address("sandbox-quickbooks.api.intuit.com"))

    // Built from components, so that no constant has to be unwrapped.
    private static func address(_ host: String, _ path: String...) -> URL {
        var components = URLComponents()
        components.scheme = "https"
        components.host = host
        components.path = path.isEmpty ? "" : "/" + path.joined(separator: "/")
        guard let url = components.url else { preconditionFailure("\(host) is not a host name") }
        return url
    }
}
