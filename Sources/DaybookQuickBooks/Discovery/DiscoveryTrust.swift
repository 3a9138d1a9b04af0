// SPDX-License-Identifier: Apache-2.0
import Daybook
import Foundation
import IntuitOAuth

/// Which addresses a discovery document may send an app's secret to.
enum DiscoveryTrust {
    /// The hosts that the document names and that don't belong to the environment; empty when the document is trusted.
    ///
    /// A document read on this machine may name only this machine. One read at intuit.com may name hosts of intuit.com,
    /// and one read elsewhere its own host and hosts of the same domain, all by https.
    static func strangers(in document: DiscoveryDocument, readAt address: URL) -> [String] {
        let endpoints = [document.authorizationEndpoint, document.tokenEndpoint, document.revocationEndpoint]
        return endpoints.filter { !isBelieved($0, readAt: address) }.map { host(of: $0) }
    }

    private static func isBelieved(_ endpoint: URL, readAt address: URL) -> Bool {
        guard !isLoopback(address) else { return isLoopback(endpoint) }
        guard endpoint.scheme?.lowercased() == "https", !isLoopback(endpoint) else { return false }
        let domain = domain(of: host(of: address))
        let host = host(of: endpoint)
        return host == domain || host.hasSuffix("." + domain)
    }

    /// The domain whose hosts have the same owner as the discovery address.
    private static func domain(of host: String) -> String {
        if host == "intuit.com" || host.hasSuffix(".intuit.com") { return "intuit.com" }
        let labels = host.split(separator: ".")
        // An IP address is trusted alone, and so is a host of fewer than four labels: its parent may be a public
        // suffix.
        let isNumber = host.contains(":") || labels.allSatisfy { $0.allSatisfy(\.isNumber) }
        return isNumber || labels.count < 4 ? host : labels.dropFirst().joined(separator: ".")
    }

    private static func host(of url: URL) -> String { url.host()?.lowercased() ?? "no host" }

    private static func isLoopback(_ url: URL) -> Bool { Loopback.isLoopback(host: host(of: url)) }
}
