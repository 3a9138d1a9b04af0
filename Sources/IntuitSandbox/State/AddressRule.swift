// SPDX-License-Identifier: Apache-2.0

/// What Intuit takes as a redirect URI or an app URL: https with a real domain, and for development keys
/// http on localhost as well.
///
/// - Source: Intuit's page "Set redirect URIs": no IP addresses, localhost for development keys alone.
enum AddressRule {
    /// - Throws: ``SandboxError`` with the field, the value and the remedy.
    static func check(_ address: String, field: String, environment: SandboxEnvironment) throws(SandboxError) {
        func refusal(_ why: String) -> SandboxError {
            SandboxError(description: "\(field) \(address) \(why)")
        }
        guard !address.isEmpty else {
            throw SandboxError(description: "\(field) is empty; enter an address such as \(example(environment)).")
        }
        guard address.unicodeScalars.allSatisfy({ $0.isASCII && $0.value > 32 && $0.value != 127 }) else {
            throw refusal("holds a space, a line break or a letter that is not ASCII; remove or encode it.")
        }
        guard let parts = parts(of: address) else {
            throw refusal("is not an absolute address; begin it with https://, as in \(example(environment)).")
        }
        guard !address.contains("#") else { throw refusal("holds a #; an address to come back to has no fragment.") }
        guard !address.contains("*") else {
            throw refusal("holds a *; write the whole address, Intuit takes no pattern.")
        }
        if parts.host == "localhost" {
            guard environment == .sandbox else {
                throw refusal(
                    "is on localhost, which only development keys may use; production keys need https and a real "
                        + "domain, as in \(example(environment)).")
            }
            return
        }
        guard !isIPAddress(parts.host) else {
            throw refusal(
                "names an IP address; use a domain" + (environment == .sandbox ? ", or http://localhost." : "."))
        }
        guard parts.scheme == "https" else {
            throw refusal("is not https; only http://localhost with development keys goes without.")
        }
        guard isRealDomain(parts.host) else {
            throw refusal("names no real domain; use one such as books.example.com.")
        }
    }

    /// - Throws: ``SandboxError`` if it is not a bare domain.
    static func checkDomain(_ domain: String, environment: SandboxEnvironment) throws(SandboxError) {
        let isLocal = environment == .sandbox && domain == "localhost"
        guard isLocal || (isRealDomain(domain) && !isIPAddress(domain)) else {
            throw SandboxError(
                description: "Host domain \(domain) is not a domain; enter it without https:// and without a path, "
                    + "as in books.example.com.")
        }
    }

    private static func example(_ environment: SandboxEnvironment) -> String {
        environment == .sandbox
            ? "http://localhost:8710/connection/callback" : "https://books.example.com/connection/callback"
    }

    private static func parts(of address: String) -> (scheme: String, host: String)? {
        for scheme in ["https", "http"] where address.hasPrefix("\(scheme)://") {
            let rest = address.dropFirst(scheme.count + 3)
            let authority = rest.prefix { !"/?#".contains($0) }
            guard let host = host(in: authority) else { return nil }
            return (scheme, host)
        }
        return nil
    }

    /// The host of `host[:port]`; nil if there is none, or if a user or a port that is no number stands beside it.
    private static func host(in authority: Substring) -> String? {
        if authority.hasPrefix("[") { return String(authority) }
        let pieces = authority.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
        guard let host = pieces.first, !host.isEmpty, !host.contains("@") else { return nil }
        if pieces.count == 2, UInt16(pieces[1]) == nil { return nil }
        return host.lowercased()
    }

    private static func isIPAddress(_ host: String) -> Bool {
        host.hasPrefix("[") || host.split(separator: ".").allSatisfy { Int($0) != nil }
    }

    private static func isRealDomain(_ host: String) -> Bool {
        let labels = host.split(separator: ".", omittingEmptySubsequences: false)
        guard labels.count >= 2, let last = labels.last, last.count >= 2, last != "localhost", last != "local" else {
            return false
        }
        return labels.allSatisfy { label in
            !label.isEmpty && label.count <= 63 && label.first != "-" && label.last != "-"
                && label.allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber || $0 == "-") }
        }
    }
}
