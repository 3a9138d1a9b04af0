// SPDX-License-Identifier: Apache-2.0
import Daybook
import Foundation
import HTTPTypes
import IntuitSandbox
import Testing

@testable import DaybookWeb

@Suite("Account names of general ledger files")
struct AccountNamesTests {
    private static let ledger = """
        !TRNS\tTRNSTYPE\tDATE\tACCNT\tAMOUNT\tDOCNUM\tMEMO
        !SPL\tTRNSTYPE\tDATE\tACCNT\tAMOUNT\tDOCNUM\tMEMO
        !ENDTRNS
        TRNS\tGENERAL JOURNAL\t11/17/2026\tRental receivables control\t100.00\tPR1\tOn account
        SPL\tGENERAL JOURNAL\t11/17/2026\tIncome from rentals\t-90.00\t\tRent
        SPL\tGENERAL JOURNAL\t11/17/2026\t\t-10.00\t\tDelivery & pickup
        ENDTRNS

        """

    private static func take(_ fixture: SiteFixture) async throws {
        var answers = ProfileDraft.Answers()
        answers.constants = [.source: "elite", .store: "1"]
        let bytes = Array(ledger.utf8)
        let profile = try present(ProfileDraft(bytes[...], name: "ledger", answers: answers)?.profile)
        let file = IntakeFile(bytes, format: profile.format, profile: profile)
        let report = try await fixture.desk.intake.take(file, policy: .allOrNothing, by: .anybody(.api))
        #expect(report.recorded == 1 && report.problems == [])
    }

    private static let page = "/account-names"

    @Test("an entry waits for the accounts that nobody has chosen, and goes out when somebody has")
    func chosen() async throws {
        try await SiteFixture.open { fixture in
            try await fixture.connect()
            try await fixture.visit { visitor in
                #expect(try await visitor.open(Self.page).words.contains("No file has named an account yet."))
                try await Self.take(fixture)
                try await fixture.export()
                #expect(try await fixture.state(1) == .error)
                let asked = try await visitor.open(Self.page)
                #expect(asked.words.contains("2 without an account, at the top."))
                #expect(asked.words.contains("no account, memo “Delivery & pickup”"))
                #expect(asked.words.contains("found by its name"))
                #expect(asked.text.contains("placeholder=\"1150 · Rental Receivables Control\""))
                #expect(asked.words.contains("Perhaps 4210 · Delivery and Pickup Income"))
                #expect(asked.text.contains("<option value=\"4000 · Rental Income\">"))
                let rows = [("source", "elite"), ("name", "Income from rentals"), ("before", "")]
                let wrong = try await visitor.submit(
                    Self.page, from: Self.page, [("connection", "1")] + rows + [("account", "9876")])
                #expect(wrong.status == 422 && wrong.words.contains("QuickBooks has no account “9876”."))
                #expect(wrong.text.contains("value=\"9876\""))
                let receivable = try await visitor.submit(
                    Self.page, from: Self.page, [("connection", "1")] + rows + [("account", "1100")])
                #expect(receivable.words.contains("which QuickBooks takes only with a customer or a vendor"))
                let saved = try await visitor.submit(
                    Self.page, from: Self.page,
                    [("connection", "1")] + rows + [("account", "4000 · Rental Income")] + [
                        ("source", "elite"), ("name", "memo: Delivery & pickup"), ("before", ""), ("account", "4210"),
                    ])
                #expect(try await visitor.follow(saved).words.contains("2 names saved."))
            }
            try await fixture.export()
            #expect(try await fixture.state(1) == .exported)
        }
    }

    @Test("with account numbers off in QuickBooks (case 09), errors name the setting, and full names are found")
    func numbersOff() async throws {
        try await SiteFixture.open { fixture in
            try await fixture.connect()
            try await fixture.changeCompany(
                preferences: #"{"UseAccountNumbers":false,"ClassTrackingPerTxnLine":true,"TrackDepartments":true}"#)
            try await fixture.record(SiteFixture.invoice("1"))
            var numbers = AccountNumbers.standardRental
            numbers[.defaults, AccountRole(.rental)] = AccountNumber("4777")
            try await fixture.desk.books.save(BooksSettings(numbers: numbers, stores: []), by: .command("test"))
            try await fixture.export()
            let export = try present(try await fixture.desk.queue.export(serial: 1))
            guard case .error(let failure) = export.row.export.progress.state else {
                Issue.record("it was not refused")
                return
            }
            let tested = try await fixture.desk.connections.test(.first, by: .command("test"))
            for text in [failure.explanation, tested.problems.first?.explanation ?? ""] {
                #expect(text.hasPrefix("QuickBooks Online has account numbers switched off, and no account there has"))
            }
            #expect(!tested.usesAccountNumbers)
            try await Self.take(fixture)
            let chart = try await fixture.desk.connections.chart(of: .first)
            let choice = try chart.choice("Rental Income")
            let account = try present(SourceAccount(source: "elite", name: "income from rentals"))
            try await fixture.desk.books.choose([account: choice], in: .first, by: .command("test"))
            let names = try await fixture.desk.books.accountNames(of: .first)
            #expect(
                names.map(\.account.name) == [
                    "Income from rentals", "memo: Delivery & pickup", "Rental receivables control",
                ])
            #expect(names.first?.choice == choice)
            let delivery = try present(SourceAccount(source: "elite", name: "memo: Delivery & pickup"))
            try await fixture.desk.books.choose(
                [delivery: chart.choice("Delivery and Pickup Income")], in: .first, by: .command("test"))
            try await fixture.export()
            #expect(try await fixture.state(2) == .exported)
        }
    }

    @Test("the API lists names and the chart, chooses, takes back, and refuses in words")
    func api() async throws {
        try await SiteFixture.open { fixture in
            try await fixture.connect()
            try await Self.take(fixture)
            try await fixture.visit { visitor in
                let accounts = try await visitor.open("/api/v1/accounts").json()["accounts"] as? [[String: Any]]
                #expect(
                    accounts?.contains { $0["number"] as? String == "4999" && $0["isActive"] as? Bool == false } == true
                )
                let body = #"{"source":"elite","name":"Income from rentals","account":"4000"}"#
                let chosen = try await visitor.call(.put, "/api/v1/account-names", json: body).json()
                #expect((chosen["account"] as? [String: String])?["name"] == "Rental Income")
                let listed =
                    try await visitor.open("/api/v1/account-names?connection=1").json()["names"] as? [[String: Any]]
                #expect(listed?.count == 3 && listed?.count { $0["account"] != nil } == 1)
                let back = body.replacing("\"4000\"", with: "null")
                #expect(try await visitor.call(.put, "/api/v1/account-names", json: back).json()["account"] == nil)
                let wrong = try await visitor.call(
                    .put, "/api/v1/account-names", json: body.replacing("4000", with: "4999"))
                #expect(wrong.status == 422 && wrong.text.contains("is inactive in QuickBooks"))
                #expect(try await visitor.open("/api/v1/account-names?connection=x").status == 400)
            }
        }
    }

    @Test("what is blocked while somebody chooses the account is freed at once")
    func chosenMeanwhile() async throws {
        try await SiteFixture.open { fixture in
            try await fixture.connect()
            try await fixture.enterStandardNumbers()
            try await fixture.record(SiteFixture.invoice("1"))
            try await fixture.export()
            // The chart that was read for the invoice is too old to block by, and is read again.
            fixture.sandbox.advance(by: .seconds(20))
            try await Self.take(fixture)
            let chart = try await fixture.desk.connections.chart(of: .first)
            fixture.sandbox.advance(by: .seconds(20))
            let desk = fixture.desk
            fixture.transport.beforeNext {
                let choice = try chart.choice("4000")
                let names = try await desk.books.accountNames(of: .first).map(\.account)
                let open = names.filter { chart.found($0) == .nowhere }
                try await desk.books.choose(
                    Dictionary(uniqueKeysWithValues: open.map { ($0, choice) }), in: .first, by: .command("test"))
            }
            try await fixture.export()
            #expect(try await fixture.state(2) == .exported)
        }
    }
}
