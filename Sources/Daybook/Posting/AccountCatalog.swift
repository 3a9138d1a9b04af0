// SPDX-License-Identifier: Apache-2.0
package import Foundation

/// What a QuickBooks company offers to post to, as last read: accounts by number, classes, locations
/// and the preferences that decide whether a document is accepted.
package struct AccountCatalog: Sendable, Equatable {
    package struct Account: Sendable, Equatable {
        package enum Kind: String, Sendable {
            case receivable, payable, other
        }

        package let id: String
        /// The full name, with its parents' before colons.
        package let name: String
        /// As QuickBooks says it, such as `Other Current Asset`.
        package let type: String
        package let kind: Kind
        package let isActive: Bool
        /// The ISO 4217 code of its currency; nil where QuickBooks names none.
        package let currency: String?

        package init(
            id: String, name: String, type: String = "", kind: Kind, isActive: Bool, currency: String? = nil
        ) {
            self.id = id
            self.name = name
            self.type = type
            self.kind = kind
            self.isActive = isActive
            self.currency = currency
        }
    }

    /// The accounts by number; a number that several accounts have is ambiguous.
    package let accounts: [AccountNumber: [Account]]
    /// The accounts without a number.
    package let unnumbered: [Account]
    private let ids: [String: Account]
    private let numbers: [String: AccountNumber]
    /// By the full name as ``SourceAccount/compared(_:)`` makes it.
    private let named: [String: [Account]]
    /// Ids of active classes by name; nil when the company doesn't track classes.
    package let classes: [String: String]?
    /// Ids of active locations by name; nil when the company doesn't track locations.
    package let departments: [String: String]?
    /// The last closed day, nil when the books were never closed.
    package let closedThrough: CalendarDate?
    package let homeCurrency: String
    /// Whether accounts have numbers there: a new company begins with the setting off.
    package let usesNumbers: Bool
    /// Whether several currencies are switched on there: then each document says its currency.
    package let usesSeveralCurrencies: Bool
    package let readAt: Date

    package init(
        accounts: [AccountNumber: [Account]], unnumbered: [Account] = [], classes: [String: String]?,
        departments: [String: String]?,
        closedThrough: CalendarDate?, homeCurrency: String, usesNumbers: Bool = true,
        usesSeveralCurrencies: Bool = false, readAt: Date
    ) {
        self.accounts = accounts
        self.unnumbered = unnumbered
        let all = Array(accounts.values.joined()) + unnumbered
        numbers = Dictionary(
            accounts.flatMap { number, accounts in accounts.map { ($0.id, number) } },
            uniquingKeysWith: { first, _ in first })
        ids = Dictionary(all.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
        named = Dictionary(grouping: all) { SourceAccount.compared($0.name) }
        self.classes = classes
        self.departments = departments
        self.closedThrough = closedThrough
        self.homeCurrency = homeCurrency
        self.usesNumbers = usesNumbers
        self.usesSeveralCurrencies = usesSeveralCurrencies
        self.readAt = readAt
    }

    /// In no order.
    package var all: some Collection<Account> { ids.values }

    package func account(id: String) -> Account? { ids[id] }

    /// The number of an account; nil where it has none.
    package func number(of account: Account) -> AccountNumber? { numbers[account.id] }

    /// The one active account with a number; nil where none or several have it.
    func only(_ number: AccountNumber) -> Account? {
        let active = accounts[number]?.filter(\.isActive) ?? []
        return active.count == 1 ? active[0] : nil
    }

    /// The accounts, active or not, that a text such as `4000`, `4000 · Rental income` or `Income:Rental` may mean.
    struct Candidates {
        let accounts: [Account]
        /// Whether the number belongs to one account and the name to another one; a person has to choose then.
        let isContradiction: Bool
    }

    /// By the number, or else by the full name.
    func candidates(for text: SourceAccount) -> Candidates {
        let named = text.comparedName.flatMap { self.named[$0] } ?? []
        guard let number = text.number else { return Candidates(accounts: named, isContradiction: false) }
        guard let numbered = accounts[number] else {
            // An account that has another number is not the one that is named.
            let plain = named.filter { account in
                unnumbered.contains { $0.id == account.id } && Self.mayBe(number, account)
            }
            return Candidates(accounts: plain, isContradiction: false)
        }
        let differs = !named.isEmpty && !named.contains { account in numbered.contains { $0.id == account.id } }
        return Candidates(accounts: differs ? numbered + named : numbered, isContradiction: differs)
    }

    /// Whether an account's name has no other number in it, as where numbers are switched off and stand in names.
    private static func mayBe(_ number: AccountNumber, _ account: Account) -> Bool {
        let own = SourceAccount(source: "", name: account.name)?.number
        return own == nil || own == number
    }
}
