// SPDX-License-Identifier: Apache-2.0
import Foundation
import Testing

@testable import Daybook

/// Each role on each type of account.
@Suite("Which types of account a role may have")
struct AccountFitTests {
    /// Roles of the profit and loss statement; all others are of the balance sheet.
    private static let profitAndLoss: Set<AccountRole.Kind> = [
        .rental, .sale, .damageWaiver, .delivery, .fuel, .labor, .cleaning, .environmental, .reRent, .usedEquipmentSale,
        .otherFee, .financeCharge, .discount, .costOfGoods, .costOfUsedEquipment, .reRentCost, .badDebt, .processorFees,
        .overShort, .rounding, .loss, .depreciation,
    ]

    private static let profitAndLossTypes: Set = [
        "Income", "Other Income", "Cost of Goods Sold", "Expense", "Other Expense",
    ]
    private static let refusedForAll: Set = ["Accounts Receivable", "Accounts Payable", "Equity", "Non-Posting"]

    /// What comes of an entry line of a role whose account has a type.
    private static func outcome(_ kind: AccountRole.Kind, _ type: String) -> Problem? {
        let account = AccountCatalog.Account(id: "1", name: "Some account", type: type, kind: .other, isActive: true)
        let catalog = AccountCatalog(
            accounts: [number("4000"): [account]], classes: nil, departments: nil, closedThrough: nil,
            homeCurrency: "USD", readAt: Date(timeIntervalSince1970: 0))
        var books = BooksSettings()
        books.numbers[.defaults, AccountRole(kind)] = number("4000")
        let need = AccountNeed(store: .defaults, account: .role(AccountRole(kind)))
        return AccountResolution(books, catalog: catalog).problem(with: need)
    }

    @Test("a role of one statement on an account of the other is refused before sending, and A/R, A/P, Equity for all")
    func refused() {
        var refused = 0
        for kind in AccountRole.Kind.allCases {
            for type in AccountType.allCases.map(\.rawValue) {
                let isOfProfitAndLoss = Self.profitAndLoss.contains(kind)
                let fits =
                    !Self.refusedForAll.contains(type)
                    && Self.profitAndLossTypes.contains(type) == isOfProfitAndLoss
                let problem = Self.outcome(kind, type)
                if fits {
                    #expect(problem == nil, "\(kind) on \(type)")
                } else {
                    refused += 1
                    let expected = Problem.wrongAccountType(
                        role: AccountRole(kind), store: .defaults, name: "4000 · Some account", type: type)
                    #expect(problem == expected, "\(kind) on \(type)")
                }
            }
        }
        // 22 roles of the profit and loss statement on 11 types, and 18 of the balance sheet on 9.
        #expect(AccountRole.Kind.allCases.count == 40 && refused == 22 * 11 + 18 * 9)
    }

    @Test(
        "an ordinary but unusual type is asked about",
        arguments: [
            (AccountRole.Kind.cashDrawer, "Bank"), (.suspense, "Other Current Asset"), (.discount, "Expense"),
            (.badDebt, "Income"), (.securityDeposits, "Long Term Liability"),
        ])
    func unusual(kind: AccountRole.Kind, type: String) {
        #expect(kind.fit(type) == .unusual)
        #expect(Self.outcome(kind, type) == nil)
    }

    @Test("a type that Daybook does not know is asked about, and one that is not told is not")
    func unknown() {
        #expect(AccountRole.Kind.rental.fit("Deferred Wonder") == .unusual)
        #expect(Self.outcome(.rental, "Deferred Wonder") == nil)
        #expect(Self.outcome(.rental, "") == nil)
    }

    @Test("each role's usual types are of one statement, and each is usual")
    func usual() {
        for kind in AccountRole.Kind.allCases {
            #expect(!kind.usualTypes.isEmpty && Set(kind.usualTypes.map(\.statement)).count == 1, "\(kind)")
            #expect(kind.usualTypes.allSatisfy { kind.fit($0.rawValue) == .usual }, "\(kind)")
        }
    }
}
