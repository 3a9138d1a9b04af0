// SPDX-License-Identifier: Apache-2.0
import Daybook
@testable import DaybookWeb
import HTTPTypes
import IntuitSandbox
import Testing

@Suite("Too many calls")
struct CallGateTests {
    @Test("of a key get 429 with the seconds to wait; another key, health and a pause go on")
    func key() async throws {
        try await SiteFixture.open(hasDoor: true, callsPerMinute: 60) { fixture in
            _ = try await fixture.signUpFirst()
            let key = try await fixture.key("till", [.read])
            let other = try await fixture.key("report", [.read])
            try await fixture.visit { visitor in
                func call(_ headers: HTTPFields) async throws -> Visitor.Answer {
                    try await visitor.send(.get, "/api/v1/exports/counts", headers: headers)
                }
                for _ in 0..<60 { #expect(try await call(key.headers).status == 200) }
                let refused = try await call(key.headers)
                #expect(refused.status == 429 && refused.headers[.retryAfter] == "1")
                #expect(refused.headers[.contentType] == "application/problem+json")
                #expect(refused.text.contains("This key has made too many calls within a minute."))
                #expect(try await call(other.headers).status == 200)
                #expect(try await visitor.open("/health").status == 200)
                #expect(fixture.refusals.all.last == "429 GET /api/v1/exports/counts")
                fixture.sandbox.advance(by: .seconds(1))
                #expect(try await call(key.headers).status == 200)
            }
        }
    }

    @Test("of an address get 429 before any key is looked up, but not where health is asked for")
    func source() async throws {
        try await SiteFixture.open(hasDoor: true, callsPerMinute: 60) { fixture in
            _ = try await fixture.signUpFirst()
            try await fixture.visit { visitor in
                let wrong: HTTPFields = [.authorization: "Bearer daybook_wrong"]
                for _ in 0..<120 {
                    #expect(try await visitor.send(.get, "/api/v1/exports", headers: wrong).status == 401)
                }
                let refused = try await visitor.send(.get, "/api/v1/exports", headers: wrong)
                #expect(refused.status == 429 && refused.text.contains("This address has made"))
                let page = try await visitor.open("/sign-in")
                #expect(page.status == 429 && page.words.contains("Too many calls"))
                #expect(try await visitor.open("/health/live").status == 200)
                #expect(try await visitor.open("/assets/icon.svg").status == 200)
                // A command of the data folder is not kept waiting by strangers at the same address.
                let command: HTTPFields = [
                    .authorization: "\(ServerIdentity.commandScheme) \(fixture.identity.commandToken.reveal())"
                ]
                #expect(try await visitor.send(.get, "/api/v1/exports", headers: command).status == 200)
            }
        }
    }

    @Test("of a person get a page that says so; until somebody has signed up nothing is counted")
    func person() async throws {
        try await SiteFixture.open(hasDoor: true, callsPerMinute: 60) { fixture in
            try await fixture.visit { visitor in
                for _ in 0..<130 { #expect(try await visitor.open("/api/v1/exports/counts").status == 200) }
                visitor.become(try await fixture.signUpFirst())
                for _ in 0..<60 { #expect(try await visitor.open("/help").status == 200) }
                let refused = try await visitor.open("/help")
                #expect(refused.status == 429 && refused.words.contains("too many calls within a minute"))
            }
        }
    }
}
