// SPDX-License-Identifier: Apache-2.0
import Foundation
import Testing

@testable import Daybook

@Suite("Accounts that a chart suggests for roles")
struct AccountSuggestionTests {
    private static func account(_ id: String, _ name: String, _ type: String) -> AccountCatalog.Account {
        AccountCatalog.Account(id: id, name: name, type: type, kind: .other, isActive: true)
    }

    private static let chart = AccountChart(
        AccountCatalog(
            accounts: [
                number("4210"): [account("1", "Hauling", "Income")], number("4220"): [account("2", "Fuel", "Expense")],
                number("100"): [account("3", "Equipment Rental", "Income")],
                number("101"): [account("4", "Equipment Rental Aerial Work", "Income")],
                number("102"): [account("5", "Rental suspense", "Other Current Liability")],
                number("103"): [account("6", "Labor, shop", "Income")],
                number("104"): [account("7", "Labor, field", "Income")],
            ],
            unnumbered: [account("8", "Fuel surcharge sales", "Income")], classes: nil, departments: nil,
            closedThrough: nil, homeCurrency: "USD", readAt: Date(timeIntervalSince1970: 0)))

    private static func suggestion(_ kind: AccountRole.Kind, _ qualifier: String? = nil) -> AccountSuggestion? {
        chart.suggestion(
            for: .init(store: .defaults, role: qualifier.map { AccountRole(kind, $0) } ?? AccountRole(kind)))
    }

    @Test("by the usual number where the type is usual, else by the words of a name, else not at all")
    func suggested() {
        #expect(Self.suggestion(.delivery)?.row.account.id == "1")
        #expect(Self.suggestion(.delivery)?.reason == .usualNumber)
        #expect(Self.suggestion(.fuel)?.row.account.id == "8", "the usual number is an expense account's")
        #expect(Self.suggestion(.rental)?.row.account.id == "3" && Self.suggestion(.rental)?.reason == .name)
        #expect(Self.suggestion(.labor) == nil, "two are as likely")
        #expect(Self.suggestion(.rental, "aerial") == nil)
        #expect(Self.suggestion(.bank) == nil)
    }
}
