// SPDX-License-Identifier: Apache-2.0
import Foundation
import Testing

@testable import Daybook

@Suite("Account resolution")
struct AccountResolutionTests {
    private static let two = StoreNumber(known: 2)

    private static func catalog(
        classes: [String: String]? = ["North": "c1"], departments: [String: String]? = ["North": "d1"],
        closedThrough: CalendarDate? = nil, homeCurrency: String = "USD"
    ) -> AccountCatalog {
        func account(_ id: String, _ kind: AccountCatalog.Account.Kind = .other, active: Bool = true)
            -> AccountCatalog.Account
        {
            AccountCatalog.Account(id: id, name: "Account \(id)", kind: kind, isActive: active)
        }
        return AccountCatalog(
            accounts: [
                number("1000"): [account("11")], number("1100"): [account("12", .receivable)],
                number("2000"): [account("13", .payable)], number("4999"): [account("14", active: false)],
                number("5000"): [account("15"), account("16")],
                number("6000"): [account("17", active: false), account("18")],
            ],
            classes: classes, departments: departments, closedThrough: closedThrough, homeCurrency: homeCurrency,
            readAt: Date(timeIntervalSince1970: 0))
    }

    private static func resolve(
        _ account: EntryLine.Account, catalog: AccountCatalog = catalog(),
        store: Store? = Store(number: two, name: "North", className: "North", departmentName: "North")
    ) -> Result<ResolvedUnit, AccountResolution.Blocked> {
        var numbers = AccountNumbers()
        numbers[.defaults, role("rental")] = number("1000")
        let amount = dollars("5")
        let lines = [EntryLine.Side.debit, .credit].map {
            EntryLine(store: two, account: account, side: $0, amount: amount, text: "text")
        }
        let export = Export(
            serial: 7, id: Export.ID("X"), connection: .first, kind: .journalEntry, operation: .create, store: two,
            date: day("2026-11-16"), total: amount,
            documentNumber: DocumentNumber(stored: "2-X-ABCDE"))
        return AccountResolution(BooksSettings(numbers: numbers, stores: store.map { [$0] } ?? []), catalog: catalog)
            .resolve(
                PostingUnit(export: export, operation: .create, legs: lines.map { Leg($0, part: nil) }, note: "note"))
    }

    @Test("A role finds the account, class and location of its store")
    func resolves() throws {
        let unit = try Self.resolve(.role(role("rental[party]"))).get()
        let line = try #require(unit.lines.first)
        #expect(line.accountID == "11" && line.classID == "c1" && line.departmentID == "d1")
        #expect(line.side == .debit && line.amount == dollars("5") && line.text == "text" && unit.note == "note")
    }

    @Test("An active account is taken though an inactive one has the same number")
    func prefersActive() throws {
        #expect(try Self.resolve(.number(number("6000"))).get().lines.first?.accountID == "18")
    }

    @Test("A company without classes or locations gets none; a store that nobody has told of waits")
    func untracked() throws {
        let plain = try Self.resolve(.number(number("1000")), catalog: Self.catalog(classes: nil, departments: nil))
            .get()
        #expect(plain.lines.allSatisfy { $0.classID == nil && $0.departmentID == nil })
        let unknown = Self.resolve(.number(number("1000")), store: nil)
        #expect(unknown == .failure(AccountResolution.Blocked(problem: .unknownStore(Self.two))))
    }

    @Test(
        "What is missing or wrong in an account is a problem by name",
        arguments: [
            (.role(role("sale")), .noAccountNumber(role: role("sale"), store: two)),
            (.number(number("7777")), .unknownAccountNumber(number("7777"))),
            (.number(number("4999")), .inactiveAccount(number("4999"), name: "Account 14")),
            (.number(number("5000")), .ambiguousAccountNumber(number("5000"))),
            (.number(number("1100")), .receivableAccount(number("1100"), name: "Account 12")),
            (.number(number("2000")), .payableAccount(number("2000"), name: "Account 13")),
        ] as [(EntryLine.Account, Problem)])
    func accountProblems(account: EntryLine.Account, problem: Problem) {
        #expect(Self.resolve(account) == .failure(AccountResolution.Blocked(problem: problem)))
    }

    @Test("Class, location, closed period and currency are problems of the document")
    func documentProblems() {
        let account = EntryLine.Account.number(number("1000"))
        let problems = [
            (Self.catalog(classes: [:]), Problem.unknownClass(name: "North", store: Self.two)),
            (Self.catalog(departments: [:]), .unknownDepartment(name: "North", store: Self.two)),
            (
                Self.catalog(closedThrough: day("2026-11-16")),
                .closedPeriod(date: day("2026-11-16"), closedThrough: day("2026-11-16"))
            ),
            (Self.catalog(homeCurrency: "CAD"), .foreignCurrency(.usd, home: "CAD")),
        ]
        for (catalog, problem) in problems {
            #expect(Self.resolve(account, catalog: catalog) == .failure(AccountResolution.Blocked(problem: problem)))
        }
        let open = Self.resolve(account, catalog: Self.catalog(closedThrough: day("2026-11-15")))
        #expect(throws: Never.self) { try open.get() }
    }

    @Test("A problem says what, where and what to do now")
    func words() {
        #expect(
            Problem.noAccountNumber(role: role("fuel"), store: Self.two).explanation
                == "No account number is set for Fuel sales at store 2. Enter it under Account Numbers.")
        #expect(
            Problem.unknownAccountNumber(number("7777")).explanation == """
                QuickBooks Online has no account with the number 7777. Add the number to the account in QuickBooks, \
                or correct it under Account Numbers.
                """)
    }
}
