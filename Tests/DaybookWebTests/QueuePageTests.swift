// SPDX-License-Identifier: Apache-2.0
import Daybook
@testable import DaybookWeb
import Foundation
import Testing

@Suite("The accounting export queue")
struct QueuePageTests {
    @Test("the count of Error is marked while there is one, and only then")
    func countOfErrors() async throws {
        try await SiteFixture.open { fixture in
            try await fixture.connect()
            try await fixture.record(SiteFixture.invoice("1"))
            try await fixture.visit { visitor in
                #expect(try await visitor.open("/exports").text.contains("data-state=\"error\" data-zero>0"))
                try await fixture.export()
                #expect(try await visitor.open("/exports").text.contains("data-state=\"error\">1"))
            }
        }
    }

    @Test("an empty queue says how to fill it")
    func empty() async throws {
        try await SiteFixture.open { fixture in
            try await fixture.visit { visitor in
                let page = try await visitor.follow(try await visitor.open("/"))
                #expect(page.words.contains("Accounting Export Queue"))
                #expect(page.words.contains("The queue is empty"))
                #expect(page.words.contains("Drop a file from your rental system"))
                #expect(page.text.contains("<a class=\"button primary\" href=\"/files\">Files</a>"))
            }
        }
    }

    @Test("a row shows status, date, store, customer, document and amount")
    func row() async throws {
        try await SiteFixture.open { fixture in
            try await fixture.record(SiteFixture.invoice("C-100", customer: "Ann Ostrander", amount: "1250.50"))
            try await fixture.visit { visitor in
                let words = try await visitor.open("/exports").words
                for word in ["Pending", "2026-11-16", "Ann Ostrander", "1-C-100-", "Invoice C-100", "1,250.50"] {
                    #expect(words.contains(word), "\(word)")
                }
                #expect(words.contains("Waiting for connection"))
            }
        }
    }

    @Test("what a person excludes stands under Excluded with what takes it back, and goes out after Include")
    func excluded() async throws {
        try await SiteFixture.open { fixture in
            try await fixture.record(SiteFixture.invoice("1"), SiteFixture.invoice("2"))
            try await fixture.visit { visitor in
                let done = try await visitor.submit("/exports/exclude", from: "/exports/2", [("serial", "2")])
                #expect(try await visitor.follow(done).words.contains("1 export excluded"))
                #expect(try await fixture.state(2) == .excluded)
                let listed = try await visitor.open("/exports?state=excluded")
                #expect(
                    listed.text.contains("/exports/include") && !listed.text.contains("formaction=\"/exports/exclude\"")
                )
                let shown = try await visitor.open("/exports/2").words
                #expect(shown.contains("Include takes that back.") && !shown.contains("Hold"))
                _ = try await visitor.submit("/exports/include", from: "/exports/2", [("serial", "2")])
                #expect(try await fixture.state(2) == .pending)
                #expect(try await fixture.state(1) == .pending)
            }
        }
    }

    @Test("once connected, nothing waits for the connection and there is no banner")
    func connected() async throws {
        try await SiteFixture.open { fixture in
            try await fixture.record(SiteFixture.invoice("1"))
            try await fixture.connect()
            try await fixture.visit { visitor in
                let page = try await visitor.open("/exports")
                #expect(!page.words.contains("Waiting for connection"))
                #expect(!page.text.contains("class=\"banner"))
            }
        }
    }

    @Test("one missing number is one problem, shown with its number of exports, and gone once it is entered")
    func problems() async throws {
        try await SiteFixture.open { fixture in
            try await fixture.connect()
            try await fixture.record(SiteFixture.invoice("1"), SiteFixture.invoice("2"), SiteFixture.invoice("3"))
            try await fixture.export()
            try await fixture.visit { visitor in
                let words = try await visitor.open("/exports?state=error").words
                #expect(words.contains("3 exports No account number is set for"))
                #expect(words.contains("Reset for export: all 3 in Error"))
                try await fixture.enterStandardNumbers()
                #expect(try await visitor.open("/exports").words.contains("Pending 3"))
                try await fixture.export()
                let after = try await visitor.open("/exports?state=exported")
                #expect(after.words.contains("QuickBooks document"))
                #expect(!after.words.contains("What keeps exports from going out"))
            }
        }
    }

    @Test("tabs, search and store narrow the queue, and the address remembers it")
    func narrowing() async throws {
        try await SiteFixture.open { fixture in
            try await fixture.record(
                SiteFixture.invoice("A1", customer: "Ann Ostrander"),
                SiteFixture.invoice("B2", store: 2, customer: "Bo & Sons"))
            try await fixture.visit { visitor in
                let found = try await visitor.open("/exports?search=Bo+%26+Sons")
                #expect(found.words.contains("Bo & Sons") && !found.words.contains("Ann Ostrander"))
                #expect(found.text.contains("value=\"Bo &amp; Sons\""))
                let store = try await visitor.open("/exports?store=2")
                #expect(store.words.contains("Bo & Sons") && !store.words.contains("Ann Ostrander"))
                let nothing = try await visitor.open("/exports?state=exported&store=2")
                #expect(nothing.words.contains("Nothing matches"))
            }
        }
    }

    @Test("pages hold fifty, and lead on and back")
    func paging() async throws {
        try await SiteFixture.open { fixture in
            try await fixture.record((1...120).map { SiteFixture.invoice("T\($0)") })
            try await fixture.visit { visitor in
                let first = try await visitor.open("/exports")
                #expect(first.text.matches(of: /name="serial"/).count == 50)
                #expect(first.words.contains("1–50 of 120"))
                #expect(!first.text.contains("rel=\"prev\""))
                let second = try await visitor.open(try link("next", on: first))
                #expect(serials(on: second) == Array((21...70).reversed()) && second.words.contains("120 in all"))
                let last = try await visitor.open(try link("next", on: second))
                #expect(serials(on: last) == Array((1...20).reversed()))
                #expect(last.words.contains("101–120 of 120") && !last.text.contains("rel=\"next\""))
                let back = try await visitor.open(try link("prev", on: last))
                #expect(serials(on: back) == serials(on: second))
                #expect(serials(on: try await visitor.open(try link("prev", on: back))) == serials(on: first))
                let oldest = try #require(first.text.firstMatch(of: /href="([^"]+)">Oldest/)?.output.1)
                #expect(serials(on: try await visitor.open(String(oldest))) == Array((1...50).reversed()))
                let ticked = try await visitor.open("/exports?select=page")
                #expect(ticked.text.matches(of: /\schecked>/).count == 50)
            }
        }
    }

    private func link(_ relation: String, on page: Visitor.Answer) throws -> String {
        let found = page.text.matches(of: /rel="(prev|next)" href="([^"]+)"/).first { $0.output.1 == relation }
        return String(try #require(found).output.2)
    }

    private func serials(on page: Visitor.Answer) -> [Int] {
        page.text.matches(of: /name="serial" value="(\d+)"/).compactMap { Int($0.output.1) }
    }

    @Test("a cursor that is cut, made up or of another list is refused in words, on the page and by the API")
    func cursors() async throws {
        try await SiteFixture.open { fixture in
            try await fixture.record((1...60).map { SiteFixture.invoice("T\($0)") })
            try await fixture.visit { visitor in
                let answer = try await visitor.open("/api/v1/exports?search=rental&pageSize=5").json()
                let cursor = try #require((answer["cursors"] as? [String: String])?["older"])
                let other = "/api/v1/exports?search=rental&pageSize=7&cursor=\(cursor)"
                #expect(try await visitor.open(other).status == 200)
                for (query, words) in [
                    ("search=rental&cursor=\(cursor.dropLast())", "made up, or cut"), ("cursor=2", "made up, or cut"),
                    ("cursor=\(cursor)", "belongs to a list with another filter"),
                    ("search=rental&state=error&cursor=\(cursor)", "belongs to a list with another filter"),
                ] {
                    for path in ["/exports", "/api/v1/exports"] {
                        let refused = try await visitor.open("\(path)?\(query)")
                        #expect(refused.status == 400, "\(path)?\(query)")
                        #expect(refused.text.contains(words) && refused.text.contains("eave cursor out"))
                    }
                }
            }
        }
    }

    @Test("a reset tells how many changed, and each refusal in words")
    func reset() async throws {
        try await SiteFixture.open { fixture in
            try await fixture.connect()
            try await fixture.record(SiteFixture.invoice("1"), SiteFixture.invoice("2"))
            try await fixture.export()
            try await fixture.record(SiteFixture.invoice("3"))
            try await fixture.visit { visitor in
                let sent = try await visitor.submit(
                    "/exports/reset", from: "/exports",
                    [("back", "/exports?state=error"), ("serial", "1"), ("serial", "3"), ("serial", "99")])
                #expect(sent.status == 303 && sent.location == "/exports?state=error")
                let words = try await visitor.follow(sent).words
                #expect(words.contains("1 export reset for export."))
                #expect(words.contains("Export #3: It is Pending already and goes out by itself; no reset is needed."))
                #expect(words.contains("Export #99: There is no such export."))
                let later = try await visitor.open("/exports")
                #expect(!later.words.contains("1 export reset for export"))
            }
            #expect(try await fixture.state(1) == .pending)
            #expect(try await fixture.state(2) == .error)
        }
    }

    @Test("all in Error are reset with one button, and a hold is released")
    func allAndHold() async throws {
        try await SiteFixture.open { fixture in
            try await fixture.connect()
            try await fixture.record(SiteFixture.invoice("1"), SiteFixture.invoice("2"))
            try await fixture.export()
            try await fixture.visit { visitor in
                let all = try await visitor.submit("/exports/reset", from: "/exports?state=error", [("scope", "error")])
                #expect(try await visitor.follow(all).words.contains("2 exports reset for export."))
                let held = try await visitor.submit("/exports/hold", from: "/exports", [("serial", "2")])
                #expect(try await visitor.follow(held).words.contains("1 export put on hold."))
                let nothing = try await visitor.submit("/exports/hold", from: "/exports")
                #expect(try await visitor.follow(nothing).words.contains("Tick at least one export first."))
                let released = try await visitor.submit("/exports/release", from: "/exports", [("serial", "2")])
                #expect(try await visitor.follow(released).words.contains("1 export released."))
            }
        }
    }

    @Test(
        "a form leads back to the queue and nowhere else",
        arguments: [
            "https://evil.example", "//evil.example", "/exports\\evil", "/exports?x=\r\nSet-Cookie: a=b",
            "javascript:1",
        ])
    func openRedirect(back: String) async throws {
        try await SiteFixture.open { fixture in
            try await fixture.visit { visitor in
                let answer = try await visitor.submit(
                    "/exports/hold", from: "/help", [("back", back), ("serial", "1")])
                #expect(answer.status == 403 || answer.location == "/exports")
            }
        }
    }

    @Test("an export's page shows its entry, its accounts and its history")
    func detail() async throws {
        try await SiteFixture.open { fixture in
            try await fixture.connect()
            try await fixture.enterStandardNumbers()
            try await fixture.record(SiteFixture.invoice("7"))
            try await fixture.export()
            try await fixture.visit { visitor in
                let page = try await visitor.open("/exports/1")
                for word in [
                    "Rental income 4000", "Accounts receivable control 1150", "125.00", "Exported", "QuickBooks id",
                ] {
                    #expect(page.words.contains(word), "\(word)")
                }
                #expect(page.words.contains("Invoice 7 · contract K7"))
                #expect(page.text.firstMatch(of: /<code>[0-9a-f]{32}<\/code>/) != nil)
                #expect(try await visitor.open("/exports/77").status == 404)
                #expect(try await visitor.open("/exports/x").status == 404)
            }
        }
    }

    @Test(
        "what customers are called is text, never markup",
        arguments: ["/exports", "/exports/1", "/exports?search=%3Cscript%3E"])
    func escaping(path: String) async throws {
        try await SiteFixture.open { fixture in
            let name = "<script>alert('x')</script> & <img src=x onerror=y>"
            try await fixture.record(SiteFixture.invoice("<b>&'1", customer: name))
            try await fixture.visit { visitor in
                let page = try await visitor.open(path)
                #expect(page.words.contains(name))
                #expect(
                    !page.text.contains("<script>") && !page.text.contains("<img src=x") && !page.text.contains("<b>"))
            }
        }
    }
}
