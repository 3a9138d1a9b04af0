// SPDX-License-Identifier: Apache-2.0
import Foundation
import HTTPTypes

/// An address a secret may be sent to: https anywhere, http only to this machine itself.
struct AbsoluteAddress {
    let scheme: String
    let authority: String
    /// Path and query, at least "/".
    let path: String

    init(_ url: URL) throws(OAuthError) {
        let text = url.absoluteString
        // A “://” further on, as in https:/path?://example.com, does not start a host.
        guard let scheme = url.scheme?.lowercased(), text.lowercased().hasPrefix(scheme + "://") else {
            throw Self.refusal(of: "it is not a complete address such as https://example.com/path")
        }
        let rest = text.dropFirst(scheme.count + 3).prefix { $0 != "#" }
        let authority = rest.prefix { $0 != "/" && $0 != "?" }
        guard url.host()?.isEmpty == false, !authority.contains("@") else {
            throw Self.refusal(of: "it names no host, or holds a user name")
        }
        guard scheme == "https" || (scheme == "http" && Self.isLoopback(authority)) else {
            throw Self.refusal(of: "only https is allowed (plain http only for localhost)")
        }
        self.scheme = scheme
        self.authority = String(authority)
        let path = rest.dropFirst(authority.count)
        self.path = path.hasPrefix("/") ? String(path) : "/" + path
    }

    func request(_ method: HTTPRequest.Method, fields: HTTPFields) -> HTTPRequest {
        HTTPRequest(method: method, scheme: scheme, authority: authority, path: path, headerFields: fields)
    }

    private static func refusal(of reason: String) -> OAuthError {
        OAuthError(.invalidAddress, reason: "An Intuit address can't be used: \(reason). Correct it in the settings.")
    }

    private static func isLoopback(_ authority: Substring) -> Bool {
        if authority == "[::1]" || authority.hasPrefix("[::1]:") { return true }
        let host = authority.prefix { $0 != ":" }.lowercased()
        if host == "localhost" { return true }
        let octets = host.split(separator: ".", omittingEmptySubsequences: false).map {
            $0.first == "+" ? nil : UInt8($0)
        }
        return octets.count == 4 && octets[0] == 127 && octets.allSatisfy { $0 != nil }
    }
}
