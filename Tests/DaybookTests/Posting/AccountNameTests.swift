// SPDX-License-Identifier: Apache-2.0
import Foundation
import Testing

@testable import Daybook

@Suite("Accounts by the names in counters' files")
struct AccountNameTests {
    private static func name(_ text: String) throws -> SourceAccount {
        try #require(SourceAccount(source: "elite", name: text))
    }

    private static func account(
        _ id: String, _ name: String, _ kind: AccountCatalog.Account.Kind = .other, type: String = "Income",
        active: Bool = true
    ) -> AccountCatalog.Account {
        AccountCatalog.Account(id: id, name: name, type: type, kind: kind, isActive: active)
    }

    private static let catalog = AccountCatalog(
        accounts: [
            number("4000"): [account("1", "Rental Income")], number("4010"): [account("2", "Rental Income:Aerial")],
            number("1200"): [account("3", "Accounts Receivable (A/R)", .receivable)],
            number("1290"): [account("4", "Receivables control", type: "Other Current Asset")],
            number("2000"): [account("5", "Accounts Payable", .payable)],
            number("4999"): [account("6", "Old fees", active: false)],
            number("4020"): [account("9", "Freight", active: false)],
        ],
        unnumbered: [account("7", "Damage Waiver"), account("8", "Fuel:Diesel")], classes: nil, departments: nil,
        closedThrough: nil, homeCurrency: "USD", readAt: Date(timeIntervalSince1970: 0))

    private static func resolution(_ chosen: [(SourceAccount, ChosenAccount)] = []) -> AccountResolution {
        var numbers = AccountNumbers()
        numbers[.defaults, AccountRole(.receivablesControl)] = number("1290")
        return AccountResolution(BooksSettings(numbers: numbers), chosen: ChosenAccounts(chosen), catalog: catalog)
    }

    private static func outcome(_ text: String, _ chosen: [(SourceAccount, ChosenAccount)] = []) throws -> String {
        do throws(AccountResolution.Blocked) {
            return try resolution(chosen).account(named: SourceAccount(source: "elite", name: text)!, at: .defaults).id
        } catch {
            return error.problem.code
        }
    }

    @Test("by number, by full name without regard to capitals, never by a memo or by half a name")
    func found() throws {
        let expected = [
            "4000": "1", "4000 · Rental": "1", "Income · 4000": "unknown-account-name", "rental income": "1",
            "Rental Income : Aerial": "2", "4010 · Aerial": "2", "4000 · Rental Income:4010 · Aerial": "2",
            "Damage waiver": "7", "Diesel": "unknown-account-name", "fuel:diesel": "8", "Fuel": "unknown-account-name",
            "memo: Damage Waiver": "unknown-account-name", "4444": "unknown-account-name",
            // The number is one account's and the name another's.
            "4000 · Damage Waiver": "ambiguous-account-name",
            // Also where one of the two is inactive.
            "4020 · Rental Income": "ambiguous-account-name", "4000 · Freight": "ambiguous-account-name",
            // An account that has another number is not the one that is named; one without a number may be.
            "4030 · Rental Income": "unknown-account-name", "4030 · Damage Waiver": "7",
            "Old fees": "inactive-account-name",
            "Accounts Receivable (A/R)": "4", "Accounts Payable": "payable-account-name",
        ]
        for (text, id) in expected { #expect(try Self.outcome(text) == id, "\(text)") }
    }

    @Test("a person's choice counts before all, is kept by id, and waits when the account is gone")
    func chosen() throws {
        let choice = ChosenAccount(id: "7", name: "Waiver, as it was named")
        for text in ["4000", "Rent", "memo: Rent"] {
            #expect(try Self.outcome(text, [(Self.name(text), choice)]) == "7")
        }
        #expect(try Self.outcome("RENT", [(Self.name("Rent"), choice)]) == "7")
        let gone = ChosenAccount(id: "99", name: "Gone")
        #expect(try Self.outcome("4000", [(Self.name("4000"), gone)]) == "unknown-account-name")
        let other = try #require(SourceAccount(source: "other", name: "Rent"))
        #expect(try Self.outcome("Rent", [(other, choice)]) == "unknown-account-name")
    }

    @Test("a chart takes a number, a name or both, and refuses in words what can't be posted to")
    func chart() throws {
        let chart = AccountChart(Self.catalog)
        for text in ["4000", "Rental income", "4000 · Rental Income"] {
            #expect(try chart.choice(text) == ChosenAccount(id: "1", name: "Rental Income"))
        }
        #expect(try chart.choice("4010 · Rental Income:Aerial").id == "2")
        #expect(throws: AccountChart.Refused.unknown("Rent")) { try chart.choice("Rent") }
        #expect(throws: AccountChart.Refused.inactive(name: "Old fees")) { try chart.choice("4999") }
        #expect(throws: AccountChart.Refused.needsName(name: "Accounts Payable", type: "Income")) {
            try chart.choice("2000")
        }
        #expect(chart.usable.map(\.label).first == "1290 · Receivables control" && chart.usable.count == 5)
    }

    @Test("a name that leads nowhere gets the account with most of its words suggested, if there is one")
    func suggestions() throws {
        let chart = AccountChart(Self.catalog)
        #expect(chart.suggestion(for: try Self.name("Aerial rentals"))?.account.id == "2")
        #expect(chart.suggestion(for: try Self.name("memo: waivers"))?.account.id == "7")
        let fees = try Self.name("memo: Damage waiver fees collected at the counter")
        #expect(chart.suggestion(for: fees)?.account.id == "7")
        #expect(chart.suggestion(for: try Self.name("Freight")) == nil)
        #expect(
            chart.found(try Self.name("4000")) == .byNumber(try #require(chart.rows.first { $0.account.id == "1" })))
        #expect(chart.found(try Self.name("Freight")) == .nowhere)
    }
}
