// SPDX-License-Identifier: Apache-2.0
@testable import DaybookWeb
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import Testing

@Suite("Headers, assets and error pages")
struct AnswerHeadersTests {
    @Test(
        "every answer forbids what it does not need",
        arguments: ["/exports", "/nowhere", "/api/v1/exports", "/api/x", "/help"])
    func safeguards(path: String) async throws {
        try await SiteFixture.open { fixture in
            try await fixture.visit { visitor in
                let answer = try await visitor.open(path)
                let policy = answer.headers[.contentSecurityPolicy] ?? ""
                for part in ["default-src 'none'", "form-action 'self'", "frame-ancestors 'none'", "base-uri 'none'"] {
                    #expect(policy.contains(part))
                }
                #expect(!policy.contains("unsafe"))
                #expect(answer.headers[.xContentTypeOptions] == "nosniff")
                #expect(answer.headers[.referrerPolicy] == "same-origin")
                #expect(answer.headers[.cacheControl] == "no-store")
                // What the policy forbids must not be on the page.
                #expect(answer.text.firstMatch(of: /\son[a-z]+=|style=|<style|<script>/) == nil)
            }
        }
    }

    @Test(
        "where the public address is https, browsers are told to come by https alone, and to no name below it otherwise",
        arguments: ["/exports", "/nowhere", "/api/v1/exports", "/api/x", "/health", "/sign-in", "/assets/icon.svg"])
    func transportSecurity(path: String) async throws {
        for (scheme, expected) in [("https", "max-age=31536000; includeSubDomains"), ("http", nil)] {
            try await SiteFixture.open(publicURL: "\(scheme)://localhost") { fixture in
                try await fixture.visit { visitor in
                    let answer = try await visitor.open(path)
                    #expect(answer.headers[.strictTransportSecurity] == expected)
                }
            }
        }
    }

    @Test("every answer with a body says what it is, and in which characters where that could be doubted")
    func types() async throws {
        try await SiteFixture.open { fixture in
            try await fixture.connect()
            try await fixture.record(SiteFixture.invoice("1"))
            let types = [
                "text/html; charset=utf-8", "text/css; charset=utf-8", "text/javascript; charset=utf-8",
                "image/svg+xml; charset=utf-8", "text/plain; version=0.0.4; charset=utf-8", "application/json",
                "application/problem+json",
            ]
            let addresses = Set(fixture.site.routes().map { SafeMethodTests.address($0.path.description) })
                .union(["/nowhere", "/api/nowhere", "/assets/daybook.css", "/assets/daybook.js", "/assets/icon.svg"])
            try await fixture.visit { visitor in
                var seen: Set<String> = []
                for address in addresses.sorted() {
                    for method in [HTTPRequest.Method.get, .post, .put, .delete] {
                        let answer = try await visitor.send(method, address)
                        guard !answer.text.isEmpty else { continue }
                        let type = answer.headers[.contentType] ?? "none"
                        #expect(types.contains(type), "\(method) \(address): \(type)")
                        seen.insert(type)
                    }
                }
                #expect(
                    seen.isSuperset(of: types.filter { !$0.contains("version") }), "the test looks in the wrong place")
            }
        }
    }

    @Test("assets are kept by browsers until they change")
    func assets() async throws {
        try await SiteFixture.open { fixture in
            try await fixture.visit { visitor in
                let page = try await visitor.open("/exports")
                let address = try #require(page.text.firstMatch(of: /href="(\/assets\/daybook\.css[^"]*)"/)).1
                let sheet = try await visitor.open(String(address))
                #expect(sheet.status == 200)
                #expect(sheet.headers[.cacheControl] == "public, max-age=31536000, immutable")
                let tag = try #require(sheet.headers[.eTag])
                let again = try await visitor.send(.get, String(address), headers: [.ifNoneMatch: tag])
                #expect(again.status == 304 && again.text.isEmpty)
                #expect(try await visitor.open("/assets/secret.txt").status == 404)
            }
        }
    }

    @Test("a wrong address and a wrong method get different answers, in words")
    func wrongAddress() async throws {
        try await SiteFixture.open { fixture in
            try await fixture.visit { visitor in
                let nowhere = try await visitor.open("/nowhere")
                #expect(nowhere.status == 404 && nowhere.words.contains("There is nothing at this address"))
                let method = try await visitor.send(.delete, "/api/v1/exports")
                #expect(method.status == 405 && method.headers[.allow] == "GET, HEAD")
                #expect(method.headers[.contentType] == "application/problem+json")
                let posted = try await visitor.post("/help", [])
                #expect(posted.status == 405 && posted.headers[.allow] == "GET, HEAD")
            }
        }
    }

    @Test("a fault of Daybook's shows a reference, and its reason only in the log")
    func ourFault() async throws {
        struct DiskOnFire: Error {}
        try await SiteFixture.open { fixture in
            let router = Router(context: SiteContext.self)
            let log = fixture.failures
            router.add(
                middleware: FailureAnswers(pages: fixture.pages, onFailure: { log.add($0) }))
            router.get("exports/{serial}") { _, _ -> Response in throw DiskOnFire() }
            router.get("api/v1/exports") { _, _ -> Response in throw DiskOnFire() }
            try await Application(router: router).test(.router) { client in
                let visitor = Visitor(client)
                let page = try await visitor.open("/exports/7")
                let call = try await visitor.open("/api/v1/exports")
                let failures = fixture.failures.all
                #expect(page.status == 500 && call.status == 500 && failures.count == 2)
                #expect(page.words.contains(failures[0].reference) && call.text.contains(failures[1].reference))
                #expect(!page.text.contains("DiskOnFire") && !call.text.contains("DiskOnFire"))
                #expect(failures[0].reason.contains("DiskOnFire") && failures[0].route == "/exports/{serial}")
                #expect(call.headers[.contentType] == "application/problem+json")
            }
        }
    }
}
