// SPDX-License-Identifier: Apache-2.0
import Daybook
import Foundation
import HTTPTypes
import IntuitSandbox
import Testing

@testable import DaybookWeb

@Suite("Check accounts, and stores to confirm")
struct AccountCheckTests {
    private static let page = "/account-check"

    /// Rental income on the bank account, the drawer on the bank account, and no account for delivery.
    private func enterOddNumbers(_ fixture: SiteFixture) async throws {
        var numbers = AccountNumbers.standardRental
        numbers[.defaults, AccountRole(.rental)] = AccountNumber("1000")
        numbers[.defaults, AccountRole(.cashDrawer)] = AccountNumber("1000")
        numbers[.defaults, AccountRole(.receivablesControl)] = nil
        let store = Store(number: .defaults, name: "Main Street")
        try await fixture.desk.books.save(BooksSettings(numbers: numbers, stores: [store]), by: .command("test"))
    }

    @Test("the page tells before anything is sent what would be refused, and asks once what is unusual")
    func page() async throws {
        try await SiteFixture.open { fixture in
            try await fixture.connect()
            try await enterOddNumbers(fixture)
            try await fixture.record(SiteFixture.invoice("1"))
            try await fixture.visit { visitor in
                #expect(try await visitor.open(Self.page).words.contains("QuickBooks was not asked yet."))
                let asked = try await visitor.submit(Self.page, from: Self.page, [("connection", "1")])
                let found = try await visitor.follow(asked).words
                for sentence in [
                    "2 things to mend before everything can be posted.",
                    "No account number is set for",
                    "Rental income at store 1 goes to 1000 · ",
                    "which is of type Bank. Choose an account of type Income",
                    "Transactions wait for it.", "Cash drawer at store 1 goes to", "Is it right?",
                ] {
                    #expect(found.contains(sentence), "\(sentence)")
                }
                let answered = try await visitor.submit(
                    "/account-check/answers", from: Self.page,
                    [("connection", "1"), ("store", "1"), ("role", "cash-drawer"), ("answer", "keep")])
                let after = try await visitor.follow(answered).words
                #expect(after.contains("noted, and not asked again") && !after.contains("Is it right?"))
                let again = try await visitor.submit(
                    "/account-check/answers", from: Self.page,
                    [("connection", "1"), ("store", "1"), ("role", "cash-drawer"), ("answer", "keep")])
                #expect(try await visitor.follow(again).words.contains("Nothing is asked about Cash drawer at store 1"))
            }
            try await fixture.export()
            #expect(try await fixture.state(1) == .error)
            let before = try await fixture.desk.books.settings()
            var books = before
            books.numbers = .standardRental
            try await fixture.desk.books.save(books, by: .command("test"))
            try await fixture.export()
            #expect(try await fixture.state(1) == .exported)
        }
    }

    @Test("the API checks, shows what was found last, chooses by name and answers")
    func api() async throws {
        try await SiteFixture.open { fixture in
            try await fixture.connect()
            try await enterOddNumbers(fixture)
            try await fixture.record(SiteFixture.invoice("1"))
            try await fixture.visit { visitor in
                let path = "/api/v1/account-check"
                #expect(try await visitor.open(path).status == 404)
                let check = try await visitor.call(.post, path, json: "{}").json()
                #expect(check["good"] as? Bool == false)
                let findings = try #require(check["findings"] as? [[String: Any]])
                let codes = findings.compactMap { $0["code"] as? String }
                #expect(codes == ["no-account-number", "wrong-account-type"])
                #expect(findings.allSatisfy { $0["isWaitedFor"] as? Bool == true })
                let last = try await visitor.open(path + "?connection=1").json()
                #expect(
                    last["findings"] as? [[String: Any]] != nil
                        && last["readAt"] as? String == check["readAt"] as? String)
                let rent = #"{"store": 1, "role": "rental", "account": "Rental Income"}"#
                let chosen = try await visitor.call(.put, "/api/v1/role-accounts", json: rent).json()
                let account = try #require(chosen["account"] as? [String: Any])
                #expect(account["name"] as? String == "Rental Income" && account["number"] as? String == "4000")
                let wrong = #"{"store": 1, "role": "rental", "account": "Rentel"}"#
                #expect(try await visitor.call(.put, "/api/v1/role-accounts", json: wrong).status == 422)
                let keep = #"{"store": 1, "role": "cash-drawer", "answer": "keep"}"#
                #expect(try await visitor.call(.post, path + "/answers", json: keep).status == 200)
                #expect(try await visitor.call(.post, path + "/answers", json: keep).status == 422)
                let control = #"{"store": 1, "role": "receivables-control", "account": "1150"}"#
                #expect(try await visitor.call(.put, "/api/v1/role-accounts", json: control).status == 200)
                #expect(try await visitor.open(path).json()["good"] as? Bool == true)
            }
            let numbers = try await fixture.desk.books.settings().numbers
            #expect(numbers[.defaults, AccountRole(.rental)]?.text == "4000")
        }
    }

    @Test("with a chart, a field takes an account's name, and a number that no account has is saved and said")
    func picker() async throws {
        try await SiteFixture.open { fixture in
            try await fixture.connect()
            try await fixture.visit { visitor in
                let page = "/account-numbers"
                let offered = try await visitor.open(page).text
                #expect(offered.contains("<option value=\"4000 · Rental Income\">"))
                let saved = try await visitor.submit(
                    page, from: page,
                    [
                        ("store", "1"), ("name", "Main"), ("number.rental", "4000 · Rental Income"),
                        ("number.delivery", "Delivery and Pickup Income"), ("number.fuel", "9876"),
                    ])
                let words = try await visitor.follow(saved).words
                #expect(words.contains("QuickBooks had no account 9876 when it was asked last."))
                let misspelt = try await visitor.submit(
                    page, from: page, [("store", "1"), ("name", "Main"), ("number.sale", "Rentel income")])
                #expect(misspelt.status == 422 && misspelt.words.contains("QuickBooks has no account “Rentel income”."))
                let filled = try await visitor.submit("/account-numbers/standard", from: page)
                #expect(try await visitor.follow(filled).words.contains("numbers filled in."))
            }
            let numbers = try await fixture.desk.books.settings().numbers
            #expect(numbers[.defaults, AccountRole(.rental)]?.text == "4000")
            #expect(numbers[.defaults, AccountRole(.delivery)]?.text == "4210")
            #expect(numbers[.defaults, AccountRole(.fuel)]?.text == "9876")
        }
    }

    @Test("a new store's transactions wait for one person, who names it and its company")
    func newStore() async throws {
        try await SiteFixture.open { fixture in
            try await fixture.connect()
            try await fixture.enterStandardNumbers()
            try await fixture.record(SiteFixture.invoice("1", store: 7), SiteFixture.invoice("2", store: 7))
            try await fixture.export()
            #expect(try await fixture.state(1) == .error)
            #expect(try await fixture.state(2) == .error)
            try await fixture.visit { visitor in
                let queue = try await visitor.open("/exports").words
                #expect(queue.contains("2 exports Store 7 is new to Daybook, and its transactions wait."))
                let asked = try await visitor.open("/account-numbers").words
                #expect(asked.contains("Stores to confirm") && asked.contains("Confirm store 7"))
                let nameless = try await visitor.submit(
                    "/account-numbers/stores", from: "/account-numbers", [("number", "7"), ("name", " ")])
                #expect(nameless.status == 422)
                let confirmed = try await visitor.submit(
                    "/account-numbers/stores", from: "/account-numbers", [("number", "7"), ("name", "Harbor")])
                let words = try await visitor.follow(confirmed).words
                #expect(words.contains("Store 7 added.") && !words.contains("Stores to confirm"))
            }
            try await fixture.export()
            #expect(try await fixture.state(1) == .exported)
            #expect(try await fixture.state(2) == .exported)
            #expect(try await fixture.desk.books.settings().stores.first { $0.number.value == 7 }?.name == "Harbor")
        }
    }

    @Test("a number that moves in QuickBooks leads nobody astray: the kept account stays, and a person is asked")
    func moved() async throws {
        try await SiteFixture.open { fixture in
            try await fixture.connect()
            try await fixture.enterStandardNumbers()
            try await fixture.record(SiteFixture.invoice("1"))
            try await fixture.export()
            let chart = try present(try await fixture.desk.books.keptChart(of: .first))
            let rent = try chart.row("4000")
            let fuel = try chart.row("4220")
            for (account, number) in [(fuel, "4229"), (rent, "4001"), (fuel, "4000")] {
                fixture.sandbox.advance(by: .seconds(60))
                try await fixture.renumber(account.account.id, to: number)
            }
            fixture.sandbox.advance(by: .seconds(700))
            try await fixture.record(SiteFixture.invoice("2"))
            try await fixture.export()
            #expect(try await fixture.state(2) == .exported)
            let check = try await fixture.desk.connections.checkAccounts(of: .first, by: .command("test"))
            #expect(check.findings.isEmpty)
            let slot = AccountNumbers.Slot(store: .defaults, role: AccountRole(.rental))
            #expect(check.questions.contains { $0.slot == slot && $0.code == "number-moved" })
            let kept = try await fixture.desk.books.keptAccounts(of: .first)[slot]
            #expect(kept?.account.id == rent.account.id)
            try await fixture.desk.books.answer(slot, .keep, in: .first, by: .command("test"))
            #expect(try await fixture.desk.books.settings().numbers[.defaults, AccountRole(.rental)]?.text == "4001")
        }
    }

    @Test("each night the chart is read anew; what gave no answer is asked again in an hour")
    func nightly() async throws {
        try await SiteFixture.open { fixture in
            let checks = NightlyAccountCheck(desk: fixture.desk, clock: SandboxTime(sandbox: fixture.sandbox))
            func readAt() async throws -> Date? { try await fixture.desk.books.chartReadAt(of: .first) }
            _ = try await checks.step()
            #expect(try await readAt() == nil, "nothing is connected")
            try await fixture.connect()
            fixture.transport.beforeNext { throw NoAnswer() }
            #expect(try await checks.step() == .at(fixture.sandbox.now.addingTimeInterval(3_600)))
            #expect(try await readAt() == nil)
            fixture.sandbox.advance(by: .seconds(3_600))
            _ = try await checks.step()
            let first = try present(try await readAt())
            #expect(first == fixture.sandbox.now)
            fixture.sandbox.advance(by: .seconds(7_200))
            #expect(try await checks.step() == .at(first.addingTimeInterval(86_400)))
            #expect(try await readAt() == first)
            fixture.sandbox.advance(by: .seconds(86_400))
            _ = try await checks.step()
            #expect(try await readAt() == fixture.sandbox.now)
        }
    }

    private struct NoAnswer: Error {}
}
