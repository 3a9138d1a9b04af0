// SPDX-License-Identifier: Apache-2.0
import Daybook
import Testing

@testable import DaybookWeb

@Suite("The first run")
struct FirstRunTests {
    private static func next(_ facts: FirstRun.Facts) -> String? {
        let next = FirstRun(facts).steps.filter(\.isNext)
        return next.count == 1 ? next[0].title : nil
    }

    @Test("each step is the next one in its turn, and one that is done early is not asked for again")
    func order() {
        var facts = FirstRun.Facts()
        #expect(Self.next(facts) == "Enter the keys of your app at Intuit")
        facts.hasKeys = true
        #expect(Self.next(facts) == "Connect to QuickBooks")
        facts.isConnected = true
        #expect(Self.next(facts) == "Choose the accounts")
        facts.hasAccounts = true
        #expect(Self.next(facts) == "Check the accounts")
        facts.findings = 2
        #expect(FirstRun(facts).steps.first(where: \.isNext)?.advice == "2 things to mend.")
        facts.findings = 0
        #expect(Self.next(facts) == "Give Daybook the first file")
        facts.hasTransactions = true
        facts.inError = 1
        #expect(FirstRun(facts).steps.first(where: \.isNext)?.address == "/exports?state=error")
        var early = FirstRun.Facts()
        early.hasTransactions = true
        #expect(FirstRun(early).steps.map(\.isDone) == [false, false, false, false, true, false])
    }

    @Test("the page leads through it, and forgets it once something is in QuickBooks")
    func page() async throws {
        try await SiteFixture.open { fixture in
            try await fixture.visit { visitor in
                let heading = "To the first entry in QuickBooks"
                #expect(try await visitor.open("/exports").words.contains(heading))
                try await fixture.connect()
                try await fixture.enterStandardNumbers()
                let text = try await visitor.open("/exports").text
                #expect(text.contains("<a href=\"/account-check\" class=\"button primary\">Check the accounts</a>"))
                _ = try await visitor.submit("/account-check", from: "/account-check", [("connection", "1")])
                let checked = try await visitor.open("/exports").text
                #expect(checked.contains("<a href=\"/files\" class=\"button primary\">Give Daybook the first file</a>"))
                try await fixture.record(SiteFixture.invoice("1"))
                try await fixture.export()
                #expect(try await !visitor.open("/exports").words.contains(heading))
            }
        }
    }
}
