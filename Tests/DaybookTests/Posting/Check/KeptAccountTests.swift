// SPDX-License-Identifier: Apache-2.0
import Foundation
import Testing

@testable import Daybook

@Suite("Accounts kept by QuickBooks' id")
struct KeptAccountTests {
    private static let rental = AccountNumbers.Slot(store: .defaults, role: AccountRole(.rental))
    private static let need = AccountNeed(store: .defaults, account: .role(AccountRole(.rental)))

    private static func account(
        _ id: String, _ name: String, type: String = "Income", active: Bool = true, currency: String? = nil
    ) -> AccountCatalog.Account {
        AccountCatalog.Account(id: id, name: name, type: type, kind: .other, isActive: active, currency: currency)
    }

    private static func catalog(
        _ accounts: [String: AccountCatalog.Account], unnumbered: [AccountCatalog.Account] = [],
        several: Bool = false
    ) -> AccountCatalog {
        AccountCatalog(
            accounts: Dictionary(uniqueKeysWithValues: accounts.map { (number($0.key), [$0.value]) }),
            unnumbered: unnumbered, classes: nil, departments: nil, closedThrough: nil, homeCurrency: "USD",
            usesNumbers: !accounts.isEmpty, usesSeveralCurrencies: several, readAt: Date(timeIntervalSince1970: 0))
    }

    private static func books(_ text: String? = "4000") -> BooksSettings {
        var books = BooksSettings()
        books.numbers[.defaults, AccountRole(.rental)] = text.map(number)
        return books
    }

    private static func kept(_ id: String, _ name: String, _ text: String?, confirmed: Bool = false) -> KeptAccounts {
        KeptAccounts([
            rental: KeptAccount(
                account: ChosenAccount(id: id, name: name), number: text.map(number), isConfirmed: confirmed)
        ])
    }

    /// The id of the account that a line goes to, or the code of the problem.
    private static func outcome(_ kept: KeptAccounts, _ catalog: AccountCatalog, books: BooksSettings = books())
        -> String
    {
        do throws(AccountResolution.Blocked) {
            return try AccountResolution(books, kept: kept, catalog: catalog).account(need.account, at: .defaults).id
        } catch {
            return error.problem.code
        }
    }

    @Test("another name or number in QuickBooks does no harm, and a number that leads elsewhere leads nobody astray")
    func renamed() {
        let kept = Self.kept("1", "Rental", "4000")
        #expect(Self.outcome(kept, Self.catalog(["4000": Self.account("1", "Rent")])) == "1")
        #expect(Self.outcome(kept, Self.catalog(["4001": Self.account("1", "Rental")])) == "1")
        let moved = Self.catalog(["4000": Self.account("2", "Fuel"), "4001": Self.account("1", "Rental")])
        #expect(Self.outcome(kept, moved) == "1")
        #expect(Self.outcome(KeptAccounts(), moved) == "2", "without a kept account the number counts")
        let unnumbered = Self.catalog([:], unnumbered: [Self.account("1", "Rental")])
        #expect(Self.outcome(kept, unnumbered) == "1", "account numbers were switched off")
        #expect(Self.outcome(Self.kept("1", "Rental", nil), unnumbered, books: Self.books(nil)) == "1")
    }

    @Test("a kept account that is gone or inactive waits, although its number leads to another")
    func gone() {
        let kept = Self.kept("1", "Rental", "4000")
        #expect(Self.outcome(kept, Self.catalog(["4000": Self.account("2", "Other")])) == "missing-role-account")
        let inactive = Self.catalog(["4000": Self.account("1", "Rental", active: false)])
        #expect(Self.outcome(kept, inactive) == "inactive-role-account")
        let wrong = Self.catalog(["4000": Self.account("1", "Rental", type: "Bank")])
        #expect(Self.outcome(kept, wrong) == "wrong-account-type")
    }

    @Test("an account in another currency waits, and a document says its currency where there are several")
    func currencies() {
        let foreign = Self.catalog(["4000": Self.account("1", "Rental", currency: "CAD")], several: true)
        #expect(Self.outcome(KeptAccounts(), foreign) == "foreign-account")
        let home = Self.catalog(["4000": Self.account("1", "Rental", currency: "USD")], several: true)
        #expect(Self.outcome(KeptAccounts(), home) == "1")
        #expect(AccountResolution(Self.books(), catalog: home).currencyOfDocuments == "USD")
        let single = Self.catalog(["4000": Self.account("1", "Rental", currency: "USD")])
        #expect(AccountResolution(Self.books(), catalog: single).currencyOfDocuments == nil)
    }

    @Test("a number that leads to one usable account keeps it once; others keep nothing")
    func followed() {
        var books = Self.books()
        books.numbers[.defaults, AccountRole(.fuel)] = number("4220")
        books.numbers[.defaults, AccountRole(.sale)] = number("4100")
        let catalog = Self.catalog([
            "4000": Self.account("1", "Rental"), "4100": Self.account("3", "Sales", active: false),
        ])
        let found = KeptAccounts().missing(books.numbers, usedBy: [.defaults], in: catalog)
        #expect(found == Self.kept("1", "Rental", "4000").accounts)
        #expect(Self.kept("9", "Else", "4000").missing(books.numbers, usedBy: [.defaults], in: catalog).isEmpty)
    }

    @Test("a store is known by a name or an account of its own; a new one waits")
    func stores() {
        let two = StoreNumber(known: 2)
        let catalog = Self.catalog(["4000": Self.account("1", "Rental")])
        let need = AccountNeed(store: two, account: .role(AccountRole(.rental)))
        var books = Self.books()
        #expect(AccountResolution(books, catalog: catalog).problem(with: need) == .unknownStore(two))
        books.numbers[two, AccountRole(.fuel)] = number("4220")
        #expect(AccountResolution(books, catalog: catalog).problem(with: need) == nil)
        books = Self.books()
        books.stores = [Store(number: two, name: "Ridge")]
        #expect(AccountResolution(books, catalog: catalog).problem(with: need) == nil)
    }

    @Test("the check tells all at once, and asks only until it was answered")
    func check() async throws {
        let two = StoreNumber(known: 2)
        var books = Self.books()
        books.stores = [Store(number: two, name: "Ridge")]
        books.numbers[.defaults, AccountRole(.cashDrawer)] = number("1050")
        books.numbers[.defaults, AccountRole(.fuel)] = number("4220")
        let catalog = Self.catalog([
            "4000": Self.account("1", "Rental"), "1050": Self.account("2", "Drawer", type: "Bank"),
        ])
        let drawer = AccountNumbers.Slot(store: .defaults, role: AccountRole(.cashDrawer))
        let needs: Set<AccountNeed> = [
            AccountNeed(store: .defaults, account: .role(AccountRole(.rental))),
            AccountNeed(store: two, account: .role(AccountRole(.delivery))),
            AccountNeed(store: .defaults, account: .role(AccountRole(.bank))),
            AccountNeed(store: StoreNumber(known: 3), account: .role(AccountRole(.rental))),
        ]
        func check(_ kept: KeptAccounts) async -> AccountCheck {
            let settings = AccountSettings(books: books, kept: kept)
            return await AccountCheck(settings, catalog, of: .first, needs: needs) {
                $0.account != .role(AccountRole(.bank))
            }
        }
        let first = await check(KeptAccounts())
        #expect(
            first.problems == [
                .noAccountNumber(role: AccountRole(.delivery), store: two), .unknownStore(StoreNumber(known: 3)),
                .unknownAccountNumber(number("4220")),
            ])
        #expect(first.findings.map(\.isWaitedFor) == [true, true, false])
        #expect(first.questions == [.unusualType(drawer, name: "1050 · Drawer", type: "Bank")] && !first.isGood)
        let answered = KeptAccounts([
            drawer: KeptAccount(
                account: ChosenAccount(id: "2", name: "Till"), number: number("1050"), isConfirmed: true)
        ])
        let second = await check(answered)
        #expect(second.questions.isEmpty && second.problems == first.problems)
        #expect(second.accounts.first { $0.slot == drawer }?.formerName == "Till")
    }

    @Test("a number that leads elsewhere is asked about, and either answer is an account")
    func moved() {
        let kept = Self.kept("1", "Rental", "4000")
        let catalog = Self.catalog(["4000": Self.account("2", "Fuel"), "4001": Self.account("1", "Rental")])
        let resolution = AccountResolution(Self.books(), kept: kept, catalog: catalog)
        #expect(resolution.account(in: Self.rental, by: .keep)?.id == "1")
        #expect(resolution.account(in: Self.rental, by: .follow)?.id == "2")
        let settled = AccountResolution(
            Self.books("4001"), kept: Self.kept("1", "Rental", "4001"), catalog: catalog)
        #expect(settled.account(in: Self.rental, by: .keep) == nil, "nothing is asked any more")
    }
}
