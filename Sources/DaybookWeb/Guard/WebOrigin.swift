// SPDX-License-Identifier: Apache-2.0
import Foundation

/// Scheme, host and port, written the one way browsers write an `Origin`.
struct WebOrigin: Hashable, Sendable, CustomStringConvertible {
    let scheme: String
    /// Host, and port unless it is the scheme's own.
    let authority: String

    init(scheme: String, host: String, port: Int?) {
        self.scheme = scheme.lowercased()
        let standard = self.scheme == "https" ? 443 : 80
        let shown = port.flatMap { $0 == standard ? nil : ":\($0)" } ?? ""
        authority = host.lowercased() + shown
    }

    /// Reads an `Origin` or a `Referer`; nil for `null` and for every other text without a host.
    init?(header: String) {
        guard let parts = URLComponents(string: header), let scheme = parts.scheme, let host = parts.host, !host.isEmpty
        else { return nil }
        self.init(scheme: scheme, host: host, port: parts.port)
    }

    var isSecure: Bool { scheme == "https" }

    var description: String { "\(scheme)://\(authority)" }
}
