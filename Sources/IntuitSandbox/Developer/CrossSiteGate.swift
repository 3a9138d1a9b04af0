// SPDX-License-Identifier: Apache-2.0
import HTTPTransport
import HTTPTypes

/// Posts are taken from this server's own pages only, as far as the browser says where they come from.
///
/// A program that says nothing about it is let through: it has no cookie that somebody could abuse.
enum CrossSiteGate {
    static func refusal(_ call: IncomingCall) -> TransportResponse? {
        guard call.method == .post else { return nil }
        let origin = call.headers[.origin]
        let site = HTTPField.Name("Sec-Fetch-Site").flatMap { call.headers[$0] }
        let isForeign = origin.map { $0 != call.origin } ?? false
        guard isForeign || !(site.map(["same-origin", "none"].contains) ?? true) else { return nil }
        return Answer.html(
            403,
            PageLayout.html(
                title: "Form refused",
                body: """
                    <h1>This form came from another site</h1>
                    <p>The sandbox takes forms from its own pages only. Open \(call.origin) and use the form there.</p>
                    """))
    }
}
