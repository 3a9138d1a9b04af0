// SPDX-License-Identifier: Apache-2.0
import Daybook
import Foundation
import Hummingbird
import HummingbirdCore

/// Set up Intuit: what to enter at developer.intuit.com, step by step, with this installation's own addresses.
struct SetUpIntuitPages: Sendable {
    let desk: Desk
    let pages: PageWriter

    struct EnvironmentView {
        let title: String
        /// The kind of keys that belong to it, in Intuit's words.
        let keys: String
        let isUsual: Bool
    }

    struct RedirectView {
        let label: String
        let uri: String
    }

    struct SetUpView {
        let redirects: [RedirectView]
        let launchURL: String
        let disconnectURL: String
        let reconnectURL: String
        let hostDomain: String
        let origin: String
        let scope = "com.intuit.quickbooks.accounting"
        let environments: [EnvironmentView]
        let isSecure: Bool
        let developerSite: String
        let playgroundRedirect: String
    }

    func addRoutes(to router: Router<SiteContext>) {
        router.get("set-up-intuit") { request, context in
            try await pages.page(.setUpIntuit, view, title: "Set up Intuit", part: .connections, request, context)
        }
    }

    private var view: SetUpView {
        let origin = pages.settings.origin
        let site = developerSite
        return SetUpView(
            redirects: redirects, launchURL: "\(origin)/exports",
            disconnectURL: "\(origin)\(IntuitReturnPages.disconnected)",
            reconnectURL: "\(origin)\(IntuitReturnPages.reconnect)", hostDomain: origin.authority,
            origin: origin.description, environments: desk.environments.all.map(environment),
            isSecure: origin.isSecure, developerSite: "\(site)/app/developer/homepage",
            playgroundRedirect: Self.playgroundRedirect)
    }

    /// The redirect URI of Intuit's Playground; the sandbox's Playground has the same.
    ///
    /// - Source: Intuit's page "OAuth 2.0 Playground".
    private static let playgroundRedirect = "https://developer.intuit.com/v2/OAuth2Playground/RedirectUrl"

    /// Which redirect URI goes with which keys: production keys take none on localhost.
    private var redirects: [RedirectView] {
        if pages.settings.origin.isSecure { return [RedirectView(label: "Redirect URI", uri: desk.redirectURI)] }
        return [
            RedirectView(label: "Redirect URI for development keys", uri: desk.redirectURI),
            RedirectView(label: "Redirect URI for production keys", uri: Self.playgroundRedirect),
        ]
    }

    private func environment(_ environment: Daybook.Environment) -> EnvironmentView {
        let name = environment.name
        let keys =
            switch (name, environment.discoveryURL.lastPathComponent) {
            case (.production, _): "the production keys of your app"
            case (.sandbox, _): "the development keys of your app, and a sandbox company"
            case (_, "openid_sandbox_configuration"): "development keys, as its discovery document is for them"
            case (_, "openid_configuration"): "production keys, as its discovery document is for them"
            default: "the keys of the environment that is configured as “\(name)”"
            }
        return EnvironmentView(title: name.title, keys: keys, isUsual: name == desk.environments.usual)
    }

    /// Intuit's developer site, or that of the sandbox on this machine.
    private var developerSite: String {
        let loopback = ["localhost", "127.0.0.1", "[::1]", "::1"]
        for environment in desk.environments.all where environment.name == desk.environments.usual {
            let url = environment.discoveryURL
            if let host = url.host(percentEncoded: true), loopback.contains(host), let scheme = url.scheme {
                return "\(scheme)://\(host)" + (url.port.map { ":\($0)" } ?? "")
            }
        }
        return "https://developer.intuit.com"
    }
}
