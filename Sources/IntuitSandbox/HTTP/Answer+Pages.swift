// SPDX-License-Identifier: Apache-2.0
import HTTPTransport

/// Answers for browsers.
extension Answer {
    /// One of the sandbox's own pages.
    ///
    /// - Parameter formTargets: Addresses elsewhere that a form of the page may end at, after a redirect.
    static func html(_ status: Int, _ page: HTML, formTargets: [String] = []) -> TransportResponse {
        make(
            status, type: "text/html;charset=UTF-8", body: Array(page.text.utf8),
            fields: [
                ("Cache-Control", "no-store"), ("X-Content-Type-Options", "nosniff"),
                ("Referrer-Policy", "same-origin"), ("Content-Security-Policy", policy(formTargets)),
            ])
    }

    static func page(_ status: Int, _ page: Page, formTargets: [String] = []) -> TransportResponse {
        html(status, PageLayout.html(page), formTargets: formTargets)
    }

    /// Leads to a page that is to be read with GET.
    static func seeOther(_ path: String) -> TransportResponse {
        make(303, type: nil, body: [], fields: [("Location", path), ("Cache-Control", "no-store")])
    }

    static func asset(_ type: String, _ text: String) -> TransportResponse {
        make(
            200, type: "\(type);charset=UTF-8", body: Array(text.utf8),
            fields: [("Cache-Control", "no-cache"), ("X-Content-Type-Options", "nosniff")])
    }

    /// Browsers apply `form-action` to redirects too, so a page must name where its forms may lead.
    private static func policy(_ formTargets: [String]) -> String {
        let targets = (["'self'"] + formTargets.compactMap(origin)).joined(separator: " ")
        return "default-src 'none'; style-src 'self'; script-src 'self'; form-action \(targets); "
            + "frame-ancestors 'none'; base-uri 'none'"
    }

    /// `scheme://host[:port]` of an http address; nil if it holds anything that could end the directive.
    private static func origin(of address: String) -> String? {
        for scheme in ["https://", "http://"] where address.hasPrefix(scheme) {
            let authority = address.dropFirst(scheme.count).prefix { !"/?#".contains($0) }
            let isPlain = authority.utf8.allSatisfy { byte in
                byte.isASCIIAlphanumeric || "-.:[]".utf8.contains(byte)
            }
            return isPlain && !authority.isEmpty ? scheme + authority : nil
        }
        return nil
    }
}

extension UInt8 {
    fileprivate var isASCIIAlphanumeric: Bool {
        switch self {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"):
            true
        default: false
        }
    }
}
