// SPDX-License-Identifier: Apache-2.0
import Daybook
@testable import DaybookWeb
import HTTPTypes
import Hummingbird
import Testing

@Suite("What a form must bring")
struct FormGuardTests {
    static let ownOrigins: [HTTPFields] = [
        [.origin: "http://localhost"], [.origin: "http://localhost:80"], [.referer: "http://localhost/exports?page=2"],
    ]
    static let foreignOrigins: [HTTPFields] = [
        [:], [.origin: "null"], [.origin: "http://evil.example"], [.origin: "https://localhost"],
        [.origin: "http://localhost:8711"], [.referer: "http://evil.example/http://localhost/"],
        [.origin: "http://evil.example", .referer: "http://localhost/exports"],
        [.origin: "http://localhost", .secFetchSite: "cross-site"],
    ]

    @Test("with token and own origin it is carried out", arguments: ownOrigins)
    func own(headers: HTTPFields) async throws {
        try await SiteFixture.open { fixture in
            try await fixture.record(SiteFixture.invoice("1"))
            try await fixture.visit { visitor in
                let token = try await visitor.open("/exports").formToken
                let answer = try await visitor.post(
                    "/exports/hold", [("form-token", token), ("serial", "1")], headers: headers)
                #expect(answer.status == 303)
            }
            #expect(try await fixture.state(1) == .onHold)
        }
    }

    @Test("from elsewhere, or from nowhere, it is refused", arguments: foreignOrigins)
    func foreign(headers: HTTPFields) async throws {
        try await SiteFixture.open { fixture in
            try await fixture.record(SiteFixture.invoice("1"))
            try await fixture.visit { visitor in
                let token = try await visitor.open("/exports").formToken
                let answer = try await visitor.post(
                    "/exports/hold", [("form-token", token), ("serial", "1")], headers: headers)
                #expect(answer.status == 403)
                #expect(answer.words.contains("Nothing was changed"))
            }
            #expect(try await fixture.state(1) == .pending)
        }
    }

    @Test("without a token, with a made-up one, or with another browser's, it is refused")
    func tokens() async throws {
        try await SiteFixture.open { fixture in
            try await fixture.record(SiteFixture.invoice("1"))
            try await fixture.visit { visitor in
                let stolen = try await visitor.open("/exports").formToken
                visitor.forgetCookies()
                #expect(
                    try await visitor.post("/exports/hold", [("form-token", stolen), ("serial", "1")]).status == 403)
                _ = try await visitor.open("/exports")
                for token in ["", "AAAA", stolen] {
                    let answer = try await visitor.post("/exports/hold", [("form-token", token), ("serial", "1")])
                    #expect(answer.status == 403)
                    #expect(answer.words.contains("reload it and try again"))
                }
            }
            #expect(try await fixture.state(1) == .pending)
        }
    }

    @Test("every form of every page needs its token")
    func everyForm() async throws {
        try await SiteFixture.open { fixture in
            let posts = fixture.site.routes().filter { $0.method == .post }.map(\.path.description)
                .filter { !$0.hasPrefix("/api") }
            #expect(posts.count == 52)
            try await fixture.visit { visitor in
                _ = try await visitor.open("/exports")
                for path in posts {
                    #expect(try await visitor.post(path, []).status == 403, "\(path)")
                }
            }
        }
    }

    @Test("nothing changes on GET")
    func noChangeOnGet() async throws {
        try await SiteFixture.open { fixture in
            try await fixture.record(SiteFixture.invoice("1"))
            try await fixture.visit { visitor in
                let answer = try await visitor.open("/exports/hold?serial=1")
                #expect(answer.status == 405)
            }
            #expect(try await fixture.state(1) == .pending)
        }
    }

    @Test("cookies are for this site alone, and __Host- over https")
    func cookies() async throws {
        try await SiteFixture.open { fixture in
            try await fixture.visit { visitor in
                let cookie = try #require(try await visitor.open("/exports").headers[.setCookie])
                #expect(cookie.hasPrefix("daybook_browser="))
                #expect(cookie.contains("HttpOnly") && cookie.contains("SameSite=Lax") && cookie.contains("Path=/"))
                #expect(try await visitor.open("/exports").headers[.setCookie] == nil)
            }
        }
        try await SiteFixture.open(publicURL: "https://localhost") { fixture in
            try await fixture.visit { visitor in
                let cookie = try #require(try await visitor.open("/exports").headers[.setCookie])
                #expect(cookie.hasPrefix("__Host-daybook_browser=") && cookie.contains("Secure"))
            }
        }
    }

    @Test("a flash that another wrote is not shown")
    func forgedFlash() async throws {
        try await SiteFixture.open { fixture in
            try await fixture.visit { visitor in
                _ = try await visitor.open("/exports")
                let forged = Flash(.good, "Send your token to evil.example").text()
                let cookie = visitor.cookies.map { "\($0.key)=\($0.value)" } + ["daybook_flash=\(forged).AAAA"]
                let answer = try await visitor.send(
                    .get, "/exports", headers: [.cookie: cookie.joined(separator: "; ")])
                #expect(!answer.text.contains("evil.example"))
            }
        }
    }
}
