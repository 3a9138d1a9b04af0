// SPDX-License-Identifier: Apache-2.0
import Foundation
import HTTPTypes

/// The base of the Accounting API: https anywhere, http only to this machine itself, because every
/// request carries an access token.
struct APIAddress {
    let scheme: String
    let authority: String
    /// What comes before `/v3`; empty at Intuit.
    let prefix: String

    /// Nil if a token may not be sent there.
    init?(_ url: URL) {
        let text = url.absoluteString
        // A “://” further on, as in https:/path?://example.com, does not start a host.
        guard let scheme = url.scheme?.lowercased(), text.lowercased().hasPrefix(scheme + "://") else { return nil }
        let rest = text.dropFirst(scheme.count + 3)
        let authority = rest.prefix { $0 != "/" && $0 != "?" && $0 != "#" }
        guard url.host()?.isEmpty == false, !authority.contains("@") else { return nil }
        guard scheme == "https" || (scheme == "http" && Self.isLoopback(authority)) else { return nil }
        let path = rest.dropFirst(authority.count).prefix { $0 != "?" && $0 != "#" }
        self.scheme = scheme
        self.authority = String(authority)
        prefix = path.hasSuffix("/") ? String(path.dropLast()) : String(path)
    }

    func request(_ prepared: PreparedRequest, accessToken: AccessToken) -> HTTPRequest {
        var fields: HTTPFields = [.authorization: "Bearer \(accessToken.reveal)", .accept: "application/json"]
        if let contentType = prepared.contentType { fields[.contentType] = contentType }
        return HTTPRequest(
            method: prepared.method == "GET" ? .get : .post, scheme: scheme, authority: authority,
            path: prefix + prepared.path, headerFields: fields)
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
