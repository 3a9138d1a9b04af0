// SPDX-License-Identifier: Apache-2.0
import Daybook
import DaybookQuickBooks
import Foundation
import IntuitSandbox
import Testing

@Suite("What a company offers to post to")
struct CatalogTests {
    private func catalog(_ intuit: CannedIntuit) async throws -> AccountCatalog {
        guard case .answer(let catalog) = try await ledger(intuit).catalog(access: access, now: FixedClock().now)
        else { throw NoCatalog() }
        return catalog
    }

    private struct NoCatalog: Error {}

    private static func preferences(_ accounting: String) -> CannedIntuit.Answer {
        .body(
            200,
            """
            {"Preferences":{"Id":"1","AccountingInfoPrefs":{\(accounting)},
            "CurrencyPrefs":{"HomeCurrency":{"value":"USD"}}}}
            """)
    }

    private static let accounts = CannedIntuit.Answer.body(
        200,
        """
        {"QueryResponse":{"Account":[
        {"Id":"1","Name":"Bank","FullyQualifiedName":"Bank","AcctNum":"1000","AccountType":"Bank","Active":true},
        {"Id":"2","Name":"Old (deleted)","AcctNum":"1001","AccountType":"Bank","Active":false},
        {"Id":"3","Name":"Receivable","AcctNum":"1100","AccountType":"Accounts Receivable","Active":true},
        {"Id":"4","Name":"Payable","AcctNum":"2000","AccountType":"Accounts Payable","Active":true},
        {"Id":"5","Name":"Twin","AcctNum":"4000","AccountType":"Income","Active":true},
        {"Id":"6","Name":"Other twin","AcctNum":"4000","AccountType":"Income","Active":true},
        {"Id":"7","Name":"Without a number","AccountType":"Income","Active":true}]}}
        """)

    @Test("accounts go by number: inactive, doubled, receivable and payable ones are told apart")
    func accounts() async throws {
        let catalog = try await catalog(CannedIntuit(Self.preferences(""), Self.accounts))
        func found(_ number: String) throws -> [AccountCatalog.Account] {
            catalog.accounts[try #require(AccountNumber(number))] ?? []
        }
        #expect(try found("1000") == [.init(id: "1", name: "Bank", type: "Bank", kind: .other, isActive: true)])
        #expect(try found("1001").map(\.isActive) == [false])
        #expect(try found("1100").map(\.kind) == [.receivable])
        #expect(try found("2000").map(\.kind) == [.payable])
        #expect(try found("4000").map(\.id) == ["5", "6"])
        #expect(catalog.accounts.count == 5)
    }

    @Test("an account's currency is read, and whether the company has several (case 22)")
    func currencies() async throws {
        let preferences = CannedIntuit.Answer.body(
            200,
            """
            {"Preferences":{"Id":"1","AccountingInfoPrefs":{},
            "CurrencyPrefs":{"MultiCurrencyEnabled":true,"HomeCurrency":{"value":"USD"}}}}
            """)
        let accounts = CannedIntuit.Answer.body(
            200,
            """
            {"QueryResponse":{"Account":[{"Id":"33","Name":"Rent","AcctNum":"4000","AccountType":"Income","Active":true,
            "CurrencyRef":{"value":"CAD"}}]}}
            """)
        let catalog = try await catalog(CannedIntuit(preferences, accounts))
        #expect(catalog.usesSeveralCurrencies && catalog.account(id: "33")?.currency == "CAD")
        let single = try await self.catalog(CannedIntuit(Self.preferences(""), Self.accounts))
        #expect(!single.usesSeveralCurrencies && single.account(id: "1")?.currency == nil)
    }

    @Test("classes and locations are asked for only where they are used")
    func dimensionsOff() async throws {
        let off = Self.preferences(#""ClassTrackingPerTxnLine":false,"TrackDepartments":false"#)
        let intuit = CannedIntuit(off, Self.accounts)
        let catalog = try await catalog(intuit)
        #expect(catalog.classes == nil && catalog.departments == nil && intuit.requests.count == 2)
    }

    @Test("active classes and locations are kept by their full names")
    func dimensionsOn() async throws {
        let intuit = CannedIntuit(
            Self.preferences(#""ClassTrackingPerTxnLine":true,"TrackDepartments":true,"BookCloseDate":"2026-10-31""#),
            Self.accounts,
            .body(
                200,
                """
                {"QueryResponse":{"Class":[{"Id":"50","Name":"Two","FullyQualifiedName":"Stores:Two"},
                {"Id":"51","Name":"Gone","Active":false}]}}
                """),
            .body(200, #"{"QueryResponse":{"Department":[{"Id":"9","Name":"Harbor","Active":true}]}}"#))
        let catalog = try await catalog(intuit)
        #expect(catalog.classes == ["Stores:Two": "50"] && catalog.departments == ["Harbor": "9"])
        #expect(catalog.closedThrough == CalendarDate(year: 2026, month: 10, day: 31))
        #expect(catalog.homeCurrency == "USD" && catalog.readAt == FixedClock().now)
    }

    @Test("a part that can't be read makes the whole catalog wait")
    func halfRead() async throws {
        let answers = [CannedIntuit(.body(500, "")), CannedIntuit(Self.preferences(""), .body(503, "<html>"))]
        for intuit in answers {
            guard case .failed = try await ledger(intuit).catalog(access: access, now: FixedClock().now) else {
                Issue.record("half a catalog was taken for a whole one")
                continue
            }
        }
    }

    @Test("what was read before a call failed is kept for five minutes: only the rest is read again")
    func goesOn() async throws {
        let intuit = CannedIntuit(
            Self.preferences(""), .body(503, "<html>"), Self.accounts, Self.preferences(""), .body(503, "<html>"),
            Self.preferences(""), Self.accounts)
        let ledger = try ledger(intuit)
        let start = FixedClock().now
        guard case .failed = await ledger.catalog(access: access, now: start),
            case .answer(let catalog) = await ledger.catalog(access: access, now: start.addingTimeInterval(300))
        else {
            Issue.record("the second try read more than was missing")
            return
        }
        #expect(catalog.readAt == start, "it is as old as its oldest part")
        guard case .failed = await ledger.catalog(access: access, now: start.addingTimeInterval(301)),
            case .answer(let later) = await ledger.catalog(access: access, now: start.addingTimeInterval(602))
        else {
            Issue.record("what had grown old was used")
            return
        }
        #expect(later.readAt == start.addingTimeInterval(602))
    }

    @Test("the sandbox's rental company has every standard number, active and postable")
    func rentalCompany() async throws {
        let sandbox = Sandbox(SandboxOptions(clock: .stepped(from: FixedClock().now)))
        let grant = try sandbox.mintGrant(clientID: SandboxApp.development.clientID, realmID: access.realmID)
        let own = LedgerAccess(
            connection: .first, environment: .sandbox, realmID: access.realmID,
            accessToken: Secret(grant.accessToken))
        let ledger = try ledger(sandbox)
        guard case .answer(let catalog) = await ledger.catalog(access: own, now: FixedClock().now) else {
            Issue.record("the sandbox gave no catalog")
            return
        }
        for number in AccountNumbers.standardRental.numbers.values {
            #expect(catalog.accounts[number]?.map(\.isActive) == [true], "account \(number)")
            #expect(catalog.accounts[number]?.first?.kind == .other, "account \(number)")
        }
        guard case .answer(let company) = await ledger.company(access: own) else {
            Issue.record("the sandbox named no company")
            return
        }
        #expect(company == Company(realmID: access.realmID, name: "Three Rivers Rental"))
    }
}
