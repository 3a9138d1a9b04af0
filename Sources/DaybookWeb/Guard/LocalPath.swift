// SPDX-License-Identifier: Apache-2.0
import Foundation
import HTTPTypes
import HummingbirdCore

/// The address of a page of this site, to which somebody goes on after a sign-in: never one of another site.
struct LocalPath: Hashable, Sendable {
    static let start = LocalPath(checked: "/exports")
    private static let longest = 2_000

    /// Path and query.
    let text: String

    private init(checked text: String) { self.text = text }

    /// Nil for every text that a browser could take for another site's address, and for what is no page.
    init?(_ text: String) {
        let bytes = Array(text.utf8)
        guard bytes.count <= Self.longest, bytes.first == UInt8(ascii: "/"),
            bytes.dropFirst().first != UInt8(ascii: "/"),
            bytes.allSatisfy({ (33...126).contains($0) && $0 != UInt8(ascii: "\\") && $0 != UInt8(ascii: "#") })
        else { return nil }
        let path = text.prefix { $0 != "?" }
        let parts = path.split(separator: "/", omittingEmptySubsequences: false)
        guard !parts.contains("."), !parts.contains(".."), !SitePaths.isForPrograms(String(path)),
            !SitePaths.isAsset(String(path)),
            !["sign-in", "sign-out", "link"].contains(parts.dropFirst().first)
        else { return nil }
        self.text = text
    }

    /// The page that a request asks for, or from which it was sent.
    init?(of request: Request, origin: WebOrigin) {
        if request.method == .get || request.method == .head {
            self.init(request.uri.description)
            return
        }
        guard let referer = request.headers[.referer], WebOrigin(header: referer) == origin,
            let parts = URLComponents(string: referer)
        else { return nil }
        self.init(parts.percentEncodedPath + (parts.percentEncodedQuery.map { "?\($0)" } ?? ""))
    }

    /// As the value of a query parameter.
    var encoded: String { text.addingPercentEncoding(withAllowedCharacters: .alphanumerics) ?? "" }
}
