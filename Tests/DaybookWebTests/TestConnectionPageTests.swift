// SPDX-License-Identifier: Apache-2.0
import Daybook
import Foundation
import HTTPTransport
import HTTPTypes
import IntuitSandbox
import Testing

@Suite("What Test connection reports")
struct TestConnectionPageTests {
    @Test("the page: plan, currency, closing date, tracking and every number, with what is wrong with it")
    func page() async throws {
        try await SiteFixture.open { fixture in
            try await fixture.connect()
            try await fixture.enterStandardNumbers()
            try await fixture.visit { visitor in
                try await read(
                    visitor,
                    [
                        "All is well.", "Company Three Rivers Rental (Realm ID \(SiteFixture.realmID))",
                        "Subscription QuickBooks Online Plus, SUBSCRIBED", "Currency USD", "Books never closed",
                        "Class tracking on", "Location tracking on",
                        "\(AccountNumbers.standardRental.numbers.count) accounts used",
                        "1050 Cash drawer 1 1050 · Cash Drawer", "1051 Cash drawer 2 1051 · Cash Drawer",
                        "4210 Delivery and pickup income 1 4210 · Delivery and Pickup Income",
                    ])
                fixture.sandbox.advance(by: .seconds(60))
                try await enterWrongNumbers(fixture)
                try await closeBooks(fixture)
                try await read(
                    visitor, writing: true,
                    [
                        "2 things to mend before everything can be posted.", "Books closed through 2026-11-30",
                        "Class tracking on", "Location tracking off",
                        "9876 Delivery and pickup income 1 QuickBooks Online has no account with the number 9876.",
                        "4999 Fuel sales 1 Account 4999 (Old Rental Income",
                        // Today is closed; the first open day is not.
                        "of a cent was written and deleted; it is gone.",
                    ])
            }
        }
    }

    @Test("the page of a suspended company: it only reads, and the trial entry was refused for that")
    func suspended() async throws {
        try await SiteFixture.open { fixture in
            try await fixture.connect()
            try await fixture.enterStandardNumbers()
            try fixture.sandbox.setSubscription(isActive: false, realmID: SiteFixture.realmID)
            try await fixture.visit { visitor in
                let sentences = [
                    "Something is wrong.", "subscription does not allow writing. Renew it at Intuit",
                    "Subscription QuickBooks Online Plus, SUSPENDED: it only reads; renew it at Intuit",
                ]
                let trial = "<p class=\"standing bad\">The company&#39;s QuickBooks subscription does not allow"
                // The banner says the same; the report has the trial's own line.
                #expect(try await read(visitor, writing: true, sentences).text.contains(trial))
                fixture.sandbox.advance(by: .seconds(60))
                let untried = try await read(visitor, sentences + ["An entry of a cent shows whether that is over."])
                #expect(untried.text.contains(trial))
            }
        }
    }

    @Test("the API: the same facts in fields, first with the books closed, then with the company suspended as well")
    func api() async throws {
        try await SiteFixture.open { fixture in
            try await fixture.connect()
            try await enterWrongNumbers(fixture)
            try await closeBooks(fixture)
            try await fixture.visit { visitor in
                let path = "/api/v1/connections/1/test"
                let closed = try await visitor.call(.post, path, json: "{}").json()
                #expect(closed["good"] as? Bool == false)
                #expect(
                    closed["company"] as? [String: String] == [
                        "realmId": SiteFixture.realmID, "name": "Three Rivers Rental",
                    ])
                #expect(closed["subscription"] as? String == "SUBSCRIBED")
                #expect(closed["plan"] as? String == "QuickBooks Online Plus")
                #expect(closed["mayWrite"] as? Bool == true)
                #expect(closed["homeCurrency"] as? String == "USD")
                #expect(closed["closedThrough"] as? String == "2026-11-30")
                #expect(closed["tracksClasses"] as? Bool == true && closed["tracksLocations"] as? Bool == false)
                #expect(!closed.keys.contains("trial"))
                let numbers = try #require(closed["numbers"] as? [[String: Any]])
                #expect(numbers.count == AccountNumbers.standardRental.numbers.count)
                let bank = try #require(numbers.first { $0["role"] as? String == "bank" })
                #expect(bank["store"] as? Int == 1 && bank["number"] as? String == "1000")
                #expect(!bank.keys.contains("problem"))
                let delivery = try #require(numbers.first { $0["role"] as? String == "delivery" })
                let problem = try #require(delivery["problem"] as? String)
                #expect(problem.hasPrefix("QuickBooks Online has no account with the number 9876."))
                let problems = try #require(closed["problems"] as? [String])
                #expect(problems.count == 2 && problems.contains(problem))

                fixture.sandbox.advance(by: .seconds(60))
                try fixture.sandbox.setSubscription(isActive: false, realmID: SiteFixture.realmID)
                let suspended = try await visitor.call(.post, path, json: #"{"write":true}"#).json()
                #expect(suspended["subscription"] as? String == "SUSPENDED")
                #expect(suspended["mayWrite"] as? Bool == false)
                let trial = try #require(suspended["trial"] as? [String: Any])
                #expect(trial["good"] as? Bool == false)
                let words = try #require(trial["message"] as? String)
                #expect(words.contains("subscription does not allow writing"))
                #expect(!suspended.keys.contains("obstacle"), "the trial says it")
                fixture.sandbox.advance(by: .seconds(60))
                let untried = try await visitor.call(.post, path, json: "{}").json()
                #expect((untried["obstacle"] as? String)?.contains("subscription does not allow writing") == true)
            }
        }
    }

    /// Presses **Test connection** and reads these sentences.
    @discardableResult
    private func read(_ visitor: Visitor, writing: Bool = false, _ sentences: [String]) async throws -> Visitor.Answer {
        let answer = try await visitor.submit(
            "/connections/1/test", from: "/connections/1", writing ? [("write", "yes")] : [])
        #expect(answer.status == 200)
        for words in sentences { #expect(answer.words.contains(words), "\(words)") }
        return answer
    }

    /// One number that no account has, and one whose account is inactive.
    private func enterWrongNumbers(_ fixture: SiteFixture) async throws {
        var numbers = AccountNumbers.standardRental
        numbers[.defaults, AccountRole(.delivery)] = AccountNumber("9876")
        numbers[.defaults, AccountRole(.fuel)] = AccountNumber("4999")
        let store = Store(number: try present(StoreNumber(1)), name: "Main Street")
        try await fixture.desk.books.save(BooksSettings(numbers: numbers, stores: [store]), by: .command("test"))
    }

    /// What somebody sets in QuickBooks itself: books closed until after today, and no locations any more.
    private func closeBooks(_ fixture: SiteFixture) async throws {
        try await fixture.changeCompany(
            preferences: """
                {"UseAccountNumbers":true,"ClassTrackingPerTxnLine":true,"TrackDepartments":false,\
                "BookCloseDate":"2026-11-30"}
                """)
    }
}
