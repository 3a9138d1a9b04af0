// SPDX-License-Identifier: Apache-2.0
import Daybook
import DaybookStorage
import Testing

@Suite("Charts of accounts, kept accounts, and what transactions need")
struct ChartTests {
    private static let rental = AccountNumbers.Slot(store: .defaults, role: AccountRole(.rental))
    private static let fuel = AccountNumbers.Slot(store: .defaults, role: AccountRole(.fuel))

    private static func number(_ text: String) throws -> AccountNumber { try present(AccountNumber(text)) }

    private static func chart() throws -> AccountCatalog {
        let rent = AccountCatalog.Account(
            id: "7", name: "Rental: Income", type: "Income", kind: .other, isActive: true, currency: "USD")
        let old = AccountCatalog.Account(id: "8", name: "Old", type: "Expense", kind: .other, isActive: false)
        let receivable = AccountCatalog.Account(
            id: "9", name: "Receivables", type: "Accounts Receivable", kind: .receivable, isActive: true)
        return AccountCatalog(
            accounts: [try number("4000"): [rent], try number("4999"): [old, receivable]],
            unnumbered: [AccountCatalog.Account(id: "10", name: "Waiver", kind: .other, isActive: true)],
            classes: ["North": "1"], departments: nil, closedThrough: CalendarDate(text: "2023-10-31"),
            homeCurrency: "USD", usesSeveralCurrencies: true, readAt: after(5))
    }

    private static func kept(_ id: String, _ name: String, _ text: String?) throws -> KeptAccount {
        KeptAccount(account: ChosenAccount(id: id, name: name), number: try text.map(number))
    }

    /// A connection with a company, and rental income at 4000.
    private func opened(_ engine: Engine, _ body: (any RelationalStorage) async throws -> Void) async throws {
        try await engine.storage { storage in
            try await storage.install(
                Examples.grant(1), company: Examples.company, app: Examples.app, on: .first, by: .command("pat"),
                at: morning, intuitTID: nil)
            var books = BooksSettings()
            books.numbers[.defaults, AccountRole(.rental)] = try Self.number("4000")
            try await storage.saveBooks(books, by: .command("pat"), at: morning)
            try await body(storage)
        }
    }

    private let realmID = Examples.company.realmID

    @Test("a chart is kept as it was read, for its own company only", arguments: Engine.allCases)
    func chart(_ engine: Engine) async throws {
        try await opened(engine) { storage in
            #expect(try await storage.chart(of: .first) == nil)
            try await storage.keep(try Self.chart(), [:], of: .first, realmID: "another")
            #expect(try await storage.chart(of: .first) == nil)
            try await storage.keep(try Self.chart(), [:], of: .first, realmID: realmID)
            #expect(try await storage.chart(of: .first) == Self.chart())
        }
    }

    @Test(
        "an account is kept where its number leads, once, and only while the number stands", arguments: Engine.allCases)
    func followed(_ engine: Engine) async throws {
        try await opened(engine) { storage in
            let rent = try Self.kept("7", "Rental: Income", "4000")
            let found = [Self.rental: rent, Self.fuel: try Self.kept("8", "Old", "4999")]
            try await storage.keep(try Self.chart(), found, of: .first, realmID: realmID)
            #expect(try await storage.keptAccounts(of: .first).accounts == [Self.rental: rent])
            let other = [Self.rental: try Self.kept("70", "Other", "4000")]
            try await storage.keep(try Self.chart(), other, of: .first, realmID: realmID)
            #expect(try await storage.keptAccounts(of: .first).accounts == [Self.rental: rent])
            var books = try await storage.books()
            books.numbers[.defaults, AccountRole(.rental)] = try Self.number("4001")
            try await storage.saveBooks(books, by: .command("pat"), at: morning)
            #expect(try await storage.keptAccounts(of: .first).accounts.isEmpty, "the number is another one")
        }
    }

    @Test("a person's choice sets the number, may have none, and can be taken back", arguments: Engine.allCases)
    func chosen(_ engine: Engine) async throws {
        try await opened(engine) { storage in
            func choose(_ accounts: [AccountNumbers.Slot: KeptAccount?]) async throws {
                try await storage.choose(accounts, in: .first, by: .command("pat"), at: morning)
            }
            let waiver = try Self.kept("10", "Waiver", nil)
            let fuel = try Self.kept("8", "Old", "4999")
            try await choose([Self.rental: waiver, Self.fuel: fuel])
            #expect(try await storage.keptAccounts(of: .first).accounts == [Self.rental: waiver, Self.fuel: fuel])
            let numbers = try await storage.books().numbers.numbers
            #expect(numbers == [Self.fuel: try Self.number("4999")])
            try await choose([Self.rental: nil, Self.fuel: nil])
            #expect(try await storage.keptAccounts(of: .first).accounts.isEmpty)
            #expect(try await storage.books().numbers.numbers.isEmpty)
        }
    }

    @Test(
        "what transactions post to is noted once, waits while they do, and can be forgotten", arguments: Engine.allCases
    )
    func needs(_ engine: Engine) async throws {
        try await engine.storage { storage in
            _ = try await storage.record(
                [Examples.rental("A"), Examples.rental("B"), Examples.rental("C", store: 7)], policy: .allOrNothing,
                at: morning)
            let needs = try await storage.accountNeeds()
            #expect(needs.count == 8 && Set(needs.map(\.store.value)) == [1, 7])
            let need = try present(needs.first { $0.store.value == 7 && $0.name.contains("Rental") })
            #expect(try await storage.isWaiting(need))
            let other = AccountNeed(store: need.store, account: .role(AccountRole(.fuel)))
            #expect(try await !storage.isWaiting(other))
            try await storage.forget([need])
            #expect(try await storage.accountNeeds() == needs.subtracting([need]))
            _ = try await storage.record([Examples.rental("D", store: 7)], policy: .allOrNothing, at: morning)
            #expect(try await storage.accountNeeds() == needs)
        }
    }
}
