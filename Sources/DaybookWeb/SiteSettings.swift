// SPDX-License-Identifier: Apache-2.0
package import Foundation

/// The site's public address, and how its pages look.
package struct SiteSettings: Sendable {
    package let publicURL: URL
    package let isDemo: Bool
    /// The zone in which pages show times.
    package let timeZone: TimeZone
    /// The proxies that are believed when they say from which address a request came.
    package let trustedProxies: TrustedProxies
    /// How many calls a key or a person may make in a minute, and an address twice; nil for any number.
    package let callsPerMinute: Int?
    let origin: WebOrigin

    /// - Parameter publicURL: The address people use, such as `http://localhost:8710`. Only its scheme, host
    ///   and port are used; the site is at its root.
    package init(
        publicURL: URL, isDemo: Bool = false, timeZone: TimeZone = .current,
        trustedProxies: TrustedProxies = TrustedProxies(), callsPerMinute: Int? = nil
    ) {
        self.publicURL = publicURL
        self.isDemo = isDemo
        self.timeZone = timeZone
        self.trustedProxies = trustedProxies
        self.callsPerMinute = callsPerMinute
        origin = WebOrigin(
            scheme: publicURL.scheme ?? "http", host: publicURL.host(percentEncoded: true) ?? "localhost",
            port: publicURL.port)
    }
}
