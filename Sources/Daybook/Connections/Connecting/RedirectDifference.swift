// SPDX-License-Identifier: Apache-2.0
import Foundation

/// How an address differs from the redirect URI that it should be.
///
/// Intuit compares every part, to the last slash.
///
/// It is pure. Its words never repeat the address: anything may be in it.
enum RedirectDifference: Equatable, Sendable {
    case scheme(String)
    case host(String)
    case port(Int)
    case slash(isMissing: Bool)
    case path(String)

    /// Nil when an address is the redirect URI, whatever its query.
    init?(_ address: URLComponents, from expected: URLComponents) {
        if address.scheme?.lowercased() != expected.scheme?.lowercased() {
            self = .scheme(expected.scheme ?? "")
        } else if address.host?.lowercased() != expected.host?.lowercased() {
            self = .host(expected.host ?? "")
        } else if Self.port(address) != Self.port(expected) {
            self = .port(Self.port(expected))
        } else if address.path == expected.path {
            return nil
        } else if address.path == expected.path + "/" {
            self = .slash(isMissing: false)
        } else if address.path + "/" == expected.path {
            self = .slash(isMissing: true)
        } else {
            self = .path(expected.path)
        }
    }

    /// Browsers leave out the scheme's default port.
    private static func port(_ address: URLComponents) -> Int {
        address.port ?? (address.scheme?.lowercased() == "https" ? 443 : 80)
    }

    var words: String {
        switch self {
        case .scheme(let scheme): "it does not begin with \(scheme)://"
        case .host(let host): "its host name is not \(host)"
        case .port(let port): "its port is not \(port)"
        case .slash(isMissing: false): "it has a slash too many at the end of its path"
        case .slash(isMissing: true): "it lacks the slash at the end of its path"
        case .path(let path): "its path is not \(path)"
        }
    }
}
