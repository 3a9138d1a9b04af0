// SPDX-License-Identifier: Apache-2.0
import Foundation
import HTTPTransport
import HTTPTypes

/// Webhooks whose addresses are secrets, and whose receivers say secrets.
extension Plot {
    func notify() async throws {
        let page = "/configuration/notifications"
        for kind in ["email", "webhook"] {
            let address = hoard.plant(.refreshToken, "a token as \(kind) address on the page")
            try await browser.post(page, ["kind": kind, "address": address])
        }
        for address in [
            "https://pat:%@@hooks.example.com/", "ftp://hooks.example.com/%@", "https://hooks.example.com/#%@",
        ] {
            let secret = hoard.plant(.webhookAddress, "in \(address.prefix(8)), refused")
            try await browser.post(page, ["kind": "webhook", "address": address.replacing("%@", with: secret)])
        }
        let path = hoard.plant(.webhookAddress, "a webhook's path on the page")
        try await browser.post(page, ["kind": "webhook", "address": "\(between.address)/hooks/\(path)"])
        let query = hoard.plant(.webhookAddress, "a webhook's query by API")
        try await browser.call(
            .post, "/api/v1/notifiers", ["kind": "webhook", "address": "\(between.address)/hooks?key=\(query)"])
        for id in 1...3 {
            between.next("/hooks", .answer(answer(500, "a receiver's words", "{\"said\":\"%@\"}")))
            try await browser.post("\(page)/\(id)/test")
            between.next("/hooks", .answer(answer(302, "a receiver's redirect", "%@")))
            try await browser.call(.post, "/api/v1/notifiers/\(id)/test", [:])
            between.next("/hooks", .answer(TransportResponse(head: HTTPResponse(status: .ok))))
            try await command(["notify", "test", "\(id)"])
        }
        try await command(["notify", "list"])
        try await command(["notify", "log"])
    }

    /// An answer with a secret in its body, in place of `%@`, and others in its headers.
    func answer(
        _ status: Int, _ name: String, _ body: String, kind: Canary.Kind = .answerText
    ) -> TransportResponse {
        var head = HTTPResponse(status: .init(code: status))
        for field in ["WWW-Authenticate", "X-Debug", "Set-Cookie", "Location"] {
            guard let fieldName = HTTPField.Name(field) else { continue }
            let secret = hoard.plant(.answerText, "\(field) of \(name)")
            head.headerFields[fieldName] = field == "Location" ? "\(between.address)/?\(secret)" : "a=\(secret)"
        }
        if let tid = HTTPField.Name("intuit_tid") { head.headerFields[tid] = Self.visibleTID }
        var text = body
        while let place = text.firstRange(of: "%@") {
            text.replaceSubrange(place, with: hoard.plant(kind, name))
        }
        return TransportResponse(head: head, body: Array(text.utf8))
    }

    /// What is shown on purpose; the search must find it wherever it looks.
    static let visibleTID = "1-visible-control-7f3a91c2e5d04b68"
}
