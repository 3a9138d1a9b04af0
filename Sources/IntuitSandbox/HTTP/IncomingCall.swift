// SPDX-License-Identifier: Apache-2.0
import HTTPTransport
import HTTPTypes

/// A request, with its address taken apart.
struct IncomingCall: Sendable {
    let method: HTTPRequest.Method
    /// Path segments, decoded, without the `production` prefix.
    let segments: [String]
    let queryText: Substring
    let headers: HTTPFields
    let body: [UInt8]
    /// The environment that the Host header or the path prefix names.
    let environment: SandboxEnvironment
    /// Whether the Host header is one of Intuit's own.
    let isIntuitHost: Bool
    /// Scheme and authority, as a browser's Origin header names them.
    let origin: String
    /// Scheme, authority and prefix: what printed addresses begin with.
    let base: String
    /// The path prefix: empty or `/production`.
    let prefix: String

    init(_ request: TransportRequest) {
        let head = request.head
        let target = head.path ?? "/"
        let parts = target.split(separator: "?", maxSplits: 1, omittingEmptySubsequences: false)
        var segments = (parts.first ?? "").split(separator: "/").map { percentDecoded($0.utf8, plusIsSpace: false) }
        let hasPrefix = segments.first == "production"
        if hasPrefix { segments.removeFirst() }
        let authority = head.authority ?? "localhost"
        let hostEnvironment = IntuitHosts.environment(of: authority)

        method = head.method
        self.segments = segments
        queryText = parts.count > 1 ? parts[1] : ""
        headers = head.headerFields
        body = request.body
        isIntuitHost = IntuitHosts.isIntuits(authority)
        environment = hostEnvironment ?? (hasPrefix ? .production : .sandbox)
        prefix = hasPrefix ? "/production" : ""
        origin = "\(head.scheme ?? "http")://\(authority)"
        base = origin + prefix
    }

    var query: FormFields { FormFields(queryText) }

    /// The value of a cookie; the first, if its name came twice.
    func cookie(_ name: String) -> String? {
        for pair in (headers[.cookie] ?? "").split(separator: ";") {
            let parts = pair.split(separator: "=", maxSplits: 1)
            if parts.count == 2, parts[0].trimmingPrefix(while: { $0 == " " }) == name { return String(parts[1]) }
        }
        return nil
    }

    /// Whether the caller asked for JSON.
    ///
    /// Without that, Intuit answers in XML.
    var acceptsJSON: Bool { headers[.accept]?.contains("json") ?? false }
}

/// Intuit's own hosts, as a Host header may name them.
enum IntuitHosts {
    static func isIntuits(_ authority: String) -> Bool {
        let host = name(in: authority)
        return host == "intuit.com" || host.hasSuffix(".intuit.com")
    }

    /// The environment a host belongs to; nil for hosts that serve both, and for others' hosts.
    static func environment(of authority: String) -> SandboxEnvironment? {
        switch name(in: authority) {
        case "quickbooks.api.intuit.com", "accounts.platform.intuit.com": .production
        case "sandbox-quickbooks.api.intuit.com", "sandbox-accounts.platform.intuit.com": .sandbox
        default: nil
        }
    }

    private static func name(in authority: String) -> String {
        String(authority.prefix { $0 != ":" }).lowercased()
    }
}
