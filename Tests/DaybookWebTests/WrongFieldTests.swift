// SPDX-License-Identifier: Apache-2.0
@testable import DaybookWeb
import HTTPTypes
import Testing

@Suite("A secret in the wrong field")
struct WrongFieldTests {
    private static let token = "RT1-27-H0-1893456000abcdefghijklmnopqrst"
    private static let secret = "abcdefghijklmnopqrstABCDEFGHIJKLMNOPQRST"

    @Test("of Settings is refused, named by what it is, and not on the page again; nothing is stored")
    func settings() async throws {
        try await SiteFixture.open { fixture in
            try await fixture.visit { visitor in
                let mistakes = [
                    ("clientID", Self.token, "A refresh token was pasted into the Client ID field"),
                    ("clientID", Self.secret, "The Client Secret was pasted into the Client ID field"),
                    ("realmID", Self.secret, "The Realm ID holds digits only"),
                ]
                for (field, pasted, words) in mistakes {
                    var form = ["clientSecret": Self.secret, "refreshToken": "RT1-1-H0-1893456000x", "realmID": "9130"]
                    form[field] = pasted
                    let answer = try await visitor.submit(
                        "/account-numbers/settings", from: "/account-numbers/settings", form.map { ($0, $1) })
                    #expect(answer.status == 422 && answer.words.contains(words), "\(field): \(answer.words)")
                    #expect(!answer.text.contains(pasted))
                    form["refreshToken"] = nil
                    let keys = try await visitor.submit(
                        "/account-numbers/settings", from: "/account-numbers/settings", form.map { ($0, $1) })
                    #expect(!keys.text.contains(pasted))
                }
                let list = try await visitor.call(.get, "/api/v1/connections", json: "")
                #expect(!list.text.contains(Self.token) && !list.text.contains(Self.secret))
            }
        }
    }

    @Test("of Notifications is not on the page again, nor a webhook's address that was refused")
    func notifications() async throws {
        try await SiteFixture.open { fixture in
            try await fixture.visit { visitor in
                let page = "/configuration/notifications"
                let mistakes = [
                    ("email", Self.token, Self.token), ("webhook", Self.token, Self.token),
                    ("webhook", "https://pat:roomkey7@chat.example.com/", "roomkey7"),
                ]
                for (kind, address, hidden) in mistakes {
                    let answer = try await visitor.submit(page, from: page, [("kind", kind), ("address", address)])
                    #expect(answer.status == 422)
                    #expect(!answer.text.contains(hidden))
                }
                let mistyped = try await visitor.submit(
                    page, from: page, [("kind", "email"), ("address", "pat.example")])
                #expect(mistyped.text.contains("value=\"pat.example\""), "what is harmless is there to be corrected")
            }
        }
    }

    @Test(
        "of the API is not in its answer",
        arguments: [
            ("PUT", "connections/1/settings", #"{"%@": "1"}"#),
            ("PUT", "connections/1/settings", #"{"refreshToken": "RT1-1-x", "clientId": "%@", "clientSecret": "s"}"#),
            ("PUT", "connections/1/settings", #"{"refreshToken": "RT1-1-x", "environment": "%@"}"#),
            ("PUT", "app", #"{"clientId": "%@", "clientSecret": "s"}"#),
            ("POST", "connections/1/confirm", #"{"realmId": "%@"}"#),
            ("POST", "consents", #"{"environment": "custom", "clientId": "%@"}"#),
            ("POST", "notifiers", #"{"kind": "email", "address": "%@"}"#),
        ])
    func api(_ method: String, _ path: String, _ body: String) async throws {
        try await SiteFixture.open { fixture in
            try await fixture.visit { visitor in
                for pasted in [Self.token, Self.secret] {
                    let answer = try await visitor.call(
                        try present(HTTPRequest.Method(method)), "/api/v1/\(path)",
                        json: body.replacing("%@", with: pasted))
                    #expect((400..<500).contains(answer.status), "\(answer.text)")
                    #expect(!answer.text.contains(pasted.dropFirst(6)), "\(answer.text)")
                }
            }
        }
    }
}
