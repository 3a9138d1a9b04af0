// SPDX-License-Identifier: Apache-2.0
import Daybook
@testable import DaybookWeb
import HTTPTypes
import Testing

@Suite("A control character in a text")
struct ControlCharacterTests {
    private static let keys = #""environment": "sandbox", "clientSecret": "s""#

    @Test(
        "is refused with field, value and remedy, and nothing is stored",
        arguments: [
            ("PUT", "app", #"{"clientId": "AB\u0001c", \#(keys)}"#, "clientId", "AB\u{FFFD}c"),
            (
                "PUT", "app", #"{"clientId": "ABc", "environment": "sandbox", "clientSecret": "s\u0000"}"#,
                "clientSecret", ""
            ),
            ("PUT", "app", #"{"clientId": "ABc", "environment": "sand\u007fbox"}"#, "environment", "sand\u{FFFD}box"),
            (
                "PUT", "connections/1/settings", #"{"clientId": "ABc", \#(keys), "refreshToken": "R\u001b"}"#,
                "refreshToken", ""
            ),
            ("PUT", "connections/1/settings", #"{"realmId": "1\u0002", "refreshToken": "R"}"#, "realmId", "1\u{FFFD}"),
            ("POST", "connections/1/confirm", #"{"realmId": "1\u0002"}"#, "realmId", "1\u{FFFD}"),
            (
                "POST", "consents", #"{"clientId": "A\u0085\u0086", "environment": "sandbox"}"#, "clientId",
                "A\u{FFFD}\u{FFFD}"
            ),
            ("POST", "consents/finish", #"{"redirectedTo": "http://a\u0000"}"#, "redirectedTo", "http://a\u{FFFD}"),
            (
                "PUT", "account-numbers", #"{"stores": [{"number": 1, "name": "Ma\u0007in"}], "numbers": []}"#,
                "stores[0].name", "Ma\u{FFFD}in"
            ),
            (
                "PUT", "account-numbers",
                #"{"stores": [{"number": 1, "name": "Main", "class": "a\nb"}], "numbers": []}"#,
                "stores[0].class", "a\u{FFFD}b"
            ),
        ])
    func refused(_ method: String, _ path: String, _ body: String, _ field: String, _ value: String) async throws {
        try await SiteFixture.open { fixture in
            try await fixture.visit { visitor in
                let answer = try await visitor.call(try present(.init(method)), "/api/v1/\(path)", json: body)
                #expect(answer.status == 422, "\(answer.text)")
                let problems = try answer.json()["problems"] as? [[String: Any]]
                let problem = try present(problems?.first)
                #expect(problem["field"] as? String == field && problem["value"] as? String == value, "\(problem)")
                #expect((problem["remedy"] as? String)?.hasPrefix("remove the control character U+00") == true)
                #expect(try await fixture.desk.credentials.apps().isEmpty)
                #expect(try await fixture.desk.books.settings().stores.isEmpty)
            }
        }
    }

    @Test("is refused in the window Settings, too")
    func window() async throws {
        try await SiteFixture.open { fixture in
            try await fixture.visit { visitor in
                let page = "/account-numbers/settings"
                let answer = try await visitor.submit(
                    page, from: page, [("clientID", "AB\u{1}c"), ("clientSecret", "s")])
                #expect(answer.status == 422)
                #expect(answer.words.contains("The Client ID contains an invisible character (U+0001)."))
                #expect(try await fixture.desk.credentials.apps().isEmpty)
            }
        }
    }

    @Test("spaces and line breaks around a pasted key are taken out as before")
    func pasted() async throws {
        try await SiteFixture.open { fixture in
            try await fixture.visit { visitor in
                let body = #"{"clientId": " AB\tc\n", \#(Self.keys)}"#
                let answer = try await visitor.call(.put, "/api/v1/app", json: body)
                #expect(answer.status == 200, "\(answer.text)")
                let stored = try await fixture.desk.credentials.apps()
                #expect(stored.map(\.clientID) == ["ABc"])
            }
        }
    }
}
