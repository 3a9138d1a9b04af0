// SPDX-License-Identifier: Apache-2.0
import DaybookStorage
@testable import DaybookWeb
import HTTPTypes
import Testing

@Suite("Headers, assets and error pages")
struct AnswerHeadersTests {
    @Test("every answer forbids what it does not need", arguments: ["/exports", "/nowhere", "/api/v1/exports", "/api/x", "/help"])
    func safeguards(path: String) async throws {
        try await Shop.open { shop in
            try await shop.visit { visitor in
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

    @Test("assets are kept by browsers until they change")
    func assets() async throws {
        try await Shop.open { shop in
            try await shop.visit { visitor in
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

    @Test("a wrong address and a wrong method are told apart, in words")
    func wrongAddress() async throws {
        try await Shop.open { shop in
            try await shop.visit { visitor in
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

    @Test("a fault of ours shows a reference, and its reason only in the log")
    func ourFault() async throws {
        try await Shop.open { shop in
            try shop.storage.close()
            try await shop.visit { visitor in
                let page = try await visitor.open("/exports")
                #expect(page.status == 500)
                let failure = try #require(shop.failures.all.first)
                #expect(page.words.contains(failure.reference))
                #expect(!page.text.contains("SQL") && !page.text.contains("StorageFailure"))
                #expect(failure.route == "/exports")
                let call = try await visitor.open("/api/v1/exports/7")
                #expect(call.status == 500 && call.headers[.contentType] == "application/problem+json")
            }
        }
    }
}
