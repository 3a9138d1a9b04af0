// SPDX-License-Identifier: Apache-2.0
import Daybook
@testable import DaybookWeb
import Foundation
import HTTPTypes
import Testing

@Suite("The audit trail's page and API")
struct AuditPageTests {
    @Test("what people did by pages is there under their names, with where they came from; filters, and a check")
    func page() async throws {
        try await SiteFixture.open(hasDoor: true) { fixture in
            let pat = try await fixture.signUpFirst()
            let kim = try await fixture.signUp("kim", RoleAssignment(.bookkeeper))
            try await fixture.record(SiteFixture.invoice("1"), SiteFixture.invoice("2"))
            try await fixture.visit { visitor in
                visitor.become(kim)
                _ = try await visitor.submit("/exports/hold", from: "/exports", [("serial", "2")])
                #expect(try await visitor.open("/audit").status == 403)
                visitor.become(pat)
                let all = try await visitor.open("/audit").words
                #expect(all.contains("From Pending to On hold.") && all.contains("export 2"))
                #expect(all.contains("choose a password by a link") && all.contains("sign in"))
                let kims = try await visitor.open("/audit?actor=KIM&act=hold&object=export+2").words
                #expect(kims.contains("kim") && !kims.contains("has chosen a password"), "\(kims)")
                #expect(try await visitor.open("/audit?object=export+99").words.contains("No line fits."))
                let wrong = try await visitor.open("/audit?since=yesterday")
                #expect(wrong.status == 200 && wrong.words.contains("From: “yesterday” is no day."))
                let checked = try await visitor.submit("/audit/check", from: "/audit", [("anchor", "")])
                let said = try await visitor.follow(checked).words
                #expect(said.contains("of the trail fit together"), "\(said)")
                let anchor = String(try present(said.firstMatch(of: /(\d+:[0-9a-f]{64})/)).1)
                let again = try await visitor.submit("/audit/check", from: "/audit", [("anchor", anchor)])
                #expect(try await visitor.follow(again).words.contains("the anchor's among them"))
                let none = try await visitor.submit("/audit/check", from: "/audit", [("anchor", "12")])
                #expect(try await visitor.follow(none).words.contains("“12” is no anchor"))
                let later = try await visitor.submit(
                    "/audit/check", from: "/audit", [("anchor", "9999:" + String(repeating: "a", count: 64))])
                #expect(try await visitor.follow(later).words.contains("to 9999 are missing"))
            }
        }
    }

    @Test("a line has the number that the answer had, on the page and in the API, and is found by it")
    func request() async throws {
        try await SiteFixture.open { fixture in
            try await fixture.record(SiteFixture.invoice("1"), SiteFixture.invoice("2"))
            try await fixture.visit { visitor in
                let held = try await visitor.call(.post, "/api/v1/exports/hold", json: #"{"serials":[2]}"#)
                let number = try present(held.headers[.xRequestID])
                _ = try await visitor.call(.post, "/api/v1/exports/hold", json: #"{"serials":[1]}"#)
                let found = try await visitor.open("/api/v1/audit?request=\(number)").json()["entries"]
                let entries = try present(found as? [[String: Any]])
                #expect(entries.map { $0["object"] as? String } == ["export 2"])
                #expect(entries.map { $0["request"] as? String } == [number])
                let page = try await visitor.open("/audit?request=\(number)").words
                #expect(page.contains("export 2") && page.contains(number) && !page.contains("export 1"))
                #expect(try await visitor.open("/audit?request=none").words.contains("No line fits."))
            }
        }
    }

    @Test("a hundred lines a page, and a link to the older ones that keeps the filter")
    func pages() async throws {
        try await SiteFixture.open { fixture in
            try await fixture.record((1...130).map { SiteFixture.invoice("\($0)") })
            _ = try await fixture.desk.queue.hold(.inState(.pending), by: .anybody(.page))
            try await fixture.visit { visitor in
                let first = try await visitor.open("/audit?act=hold&actor=page")
                let link = try present(first.text.firstMatch(of: /<a href="(\/audit\?[^"]*before[^"]*)">Older/)).1
                #expect(link.contains("act&#61;hold") || link.contains("act=hold"), "\(link)")
                let address = link.replacing("&amp;", with: "&").replacing("&#61;", with: "=")
                let older = try await visitor.open(String(address))
                #expect(older.words.contains("export 1 ") && !older.words.contains("Older"))
                #expect(!older.words.contains("export 130"))
            }
        }
    }

    @Test("the API answers with lines, refuses what it does not know, and no key may ask")
    func api() async throws {
        try await SiteFixture.open(hasDoor: true) { fixture in
            let pat = try await fixture.signUpFirst()
            let key = try await fixture.key("all", Set(APIKey.Scope.allCases))
            try await fixture.visit { visitor in
                let refused = try await visitor.send(.get, "/api/v1/audit", headers: key.headers)
                #expect(refused.status == 403)
                visitor.become(pat)
                let entries = try await visitor.open("/api/v1/audit?limit=2").json()["entries"] as? [[String: Any]]
                #expect(entries?.count == 2 && entries?.first?["actor"] is String)
                for (query, words) in [
                    ("act=dance", "There is no act"), ("since=monday", "write a moment such as"),
                    ("limit=0", "from 1 to 500"), ("before=x", "whole number"),
                    ("who=pat", "There is no query parameter"),
                ] {
                    let answer = try await visitor.open("/api/v1/audit?\(query)")
                    #expect(answer.status == 400 && answer.text.contains(words), "\(query): \(answer.text)")
                }
            }
        }
    }
}
