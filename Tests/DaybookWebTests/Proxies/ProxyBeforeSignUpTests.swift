// SPDX-License-Identifier: Apache-2.0
import Daybook
@testable import DaybookWeb
import Foundation
import HTTPTypes
import Testing

@Suite("A proxy in front of a Daybook to which nobody has signed up")
struct ProxyBeforeSignUpTests {
    private static let signs = [
        "X-Forwarded-For", "x-forwarded-proto", "X-Forwarded-Host", "Forwarded", "Via", "X-Real-IP",
    ]

    private func headers(_ name: String) throws -> HTTPFields { [try #require(HTTPField.Name(name)): "192.0.2.7"] }

    @Test("gets words for pages and programs alike, and nothing is shown or changed", arguments: signs)
    func refused(_ name: String) async throws {
        let headers = try headers(name)
        try await SiteFixture.open(hasDoor: true) { fixture in
            try await fixture.record(SiteFixture.invoice("1"))
            try await fixture.visit { visitor in
                for path in ["/", "/exports", "/people", "/metrics", "/api/v1/exports", "/no/such/page"] {
                    let answer = try await visitor.send(.get, path, headers: headers)
                    #expect(answer.status == 403 && answer.words.contains("Nobody has signed up yet"), "\(path)")
                    #expect(!answer.text.contains("Ostrander") && !answer.text.contains("Not connected"), "\(path)")
                }
                let token = try await visitor.open("/exports").formToken
                var change = headers
                change[.origin] = visitor.origin
                let held = try await visitor.post(
                    "/exports/hold", [("form-token", token), ("serial", "1")], headers: change)
                #expect(held.status == 403)
                let taken = try await visitor.send(
                    .post, "/api/v1/transactions", headers: headers, body: "{}")
                #expect(taken.status == 403)
            }
            #expect(try await fixture.state(1) == .pending)
        }
    }

    @Test("the first administrator's link, its files and health are reached by it, and then everything is")
    func link() async throws {
        let headers = try headers("X-Forwarded-For")
        try await SiteFixture.open(hasDoor: true) { fixture in
            try await fixture.record(SiteFixture.invoice("1"))
            let link = try present(try await fixture.people.signIn.makeFirstLink()).reveal()
            try await fixture.visit { visitor in
                #expect(try await visitor.send(.get, "/health", headers: headers).status == 200)
                let opened = try await visitor.send(.get, "/link/\(link)", headers: headers)
                #expect(opened.location == "/link")
                let form = try await visitor.send(.get, "/link", headers: headers)
                #expect(form.status == 200 && !form.text.contains("Not connected"))
                let style = try #require(form.text.firstMatch(of: /href="(\/assets\/[^"]+\.css[^"]*)"/)).1
                #expect(try await visitor.send(.get, String(style), headers: headers).status == 200)
                let word = SiteFixture.password.reveal()
                var change = headers
                change[.origin] = visitor.origin
                let done = try await visitor.post(
                    "/link",
                    [("form-token", form.formToken), ("name", "pat"), ("password", word), ("repeated", word)],
                    headers: change)
                #expect(done.location == "/account/authenticator")
                #expect(try await visitor.send(.get, "/account/authenticator", headers: headers).status == 200)
            }
        }
    }

    @Test("without a proxy nothing changes")
    func directly() async throws {
        try await SiteFixture.open(hasDoor: true) { fixture in
            try await fixture.visit { visitor in
                let page = try await visitor.open("/exports")
                #expect(page.status == 200)
            }
        }
    }
}
