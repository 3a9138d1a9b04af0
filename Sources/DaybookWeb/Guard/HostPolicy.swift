// SPDX-License-Identifier: Apache-2.0
import Daybook
import HTTPTypes

/// Which Host names are served: a page of another site that points its own name at this machine must not
/// reach Daybook through a visitor's browser.
struct HostPolicy: Sendable {
    enum Verdict: Equatable, Sendable {
        case serve
        case redirect(to: String)
        case refuse
    }

    let origin: WebOrigin

    func verdict(host: String?, method: HTTPRequest.Method, path: String, query: String?) -> Verdict {
        let host = host?.lowercased()
        if let host, host == origin.authority || host == "\(origin.authority):\(origin.isSecure ? 443 : 80)" {
            return .serve
        }
        if let host, SitePaths.isForPrograms(path), Self.isLoopback(host) { return .serve }
        // A program that is sent on might send its key along, and over plain http.
        guard method == .get || method == .head, !SitePaths.isForPrograms(path) else { return .refuse }
        // Intuit's answer holds a code. It can be used only at the name where the consent began, so it is left out.
        let query = path == IntuitReturnPages.callback ? nil : query
        return .redirect(to: origin.description + path + (query.map { "?\($0)" } ?? ""))
    }

    /// A loopback address or `localhost`, at any port: names that nobody else's DNS can point here.
    private static func isLoopback(_ host: String) -> Bool {
        var name = host[...]
        if let colon = host.lastIndex(of: ":"), !host.hasSuffix("]") {
            guard UInt16(digits: host[colon...].dropFirst()) != nil else { return false }
            name = host[..<colon]
        }
        return Loopback.isLoopback(host: name)
    }
}

/// The site's areas, by path.
enum SitePaths {
    static func isAPI(_ path: String) -> Bool { path == "/api" || path.hasPrefix("/api/") }
    static func isForPrograms(_ path: String) -> Bool {
        isAPI(path) || ["/health", "/health/live", "/metrics"].contains(path)
    }
    static func isAsset(_ path: String) -> Bool { path.hasPrefix("/assets/") }
}
