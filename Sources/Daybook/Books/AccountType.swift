// SPDX-License-Identifier: Apache-2.0

/// A type of account, as QuickBooks spells it.
///
/// Source: AccountTypeEnum of Intuit's schema.
package enum AccountType: String, CaseIterable, Sendable {
    case bank = "Bank"
    case accountsReceivable = "Accounts Receivable"
    case otherCurrentAsset = "Other Current Asset"
    case fixedAsset = "Fixed Asset"
    case otherAsset = "Other Asset"
    case accountsPayable = "Accounts Payable"
    case creditCard = "Credit Card"
    case otherCurrentLiability = "Other Current Liability"
    case longTermLiability = "Long Term Liability"
    case equity = "Equity"
    case income = "Income"
    case costOfGoodsSold = "Cost of Goods Sold"
    case expense = "Expense"
    case otherIncome = "Other Income"
    case otherExpense = "Other Expense"
    case nonPosting = "Non-Posting"

    /// Where accounts of a type are reported.
    package enum Statement: Sendable {
        case balanceSheet
        case profitAndLoss
        /// Accounts of this type take no entries.
        case none
    }

    package var statement: Statement {
        switch self {
        case .bank, .accountsReceivable, .otherCurrentAsset, .fixedAsset, .otherAsset, .accountsPayable, .creditCard,
            .otherCurrentLiability, .longTermLiability, .equity:
            .balanceSheet
        case .income, .costOfGoodsSold, .expense, .otherIncome, .otherExpense: .profitAndLoss
        case .nonPosting: .none
        }
    }
}
