// SPDX-License-Identifier: Apache-2.0
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
        guard method == .get || method == .head else { return .refuse }
        // Intuit's answer holds a code; it is good only at the name where the consent began.
        let query = path == IntuitReturnPages.callback ? nil : query
        return .redirect(to: origin.description + path + (query.map { "?\($0)" } ?? ""))
    }

    /// A loopback address or `localhost`, at any port: names that nobody else's DNS can point here.
    private static func isLoopback(_ host: String) -> Bool {
        for name in ["127.0.0.1", "localhost", "[::1]"] where host.hasPrefix(name) {
            let rest = host.dropFirst(name.count)
            if rest.isEmpty { return true }
            if rest.first == ":", !rest.dropFirst().isEmpty, rest.dropFirst().allSatisfy(\.isNumber) { return true }
        }
        return false
    }
}

/// The site's areas, by path.
enum SitePaths {
    static func isAPI(_ path: String) -> Bool { path == "/api" || path.hasPrefix("/api/") }
    static func isForPrograms(_ path: String) -> Bool { isAPI(path) || ["/health", "/metrics"].contains(path) }
    static func isAsset(_ path: String) -> Bool { path.hasPrefix("/assets/") }
}
