// SPDX-License-Identifier: Apache-2.0

/// From a transaction to its balanced entry, under closed accrual: income posts when the contract is
/// invoiced.
///
/// Pure; says roles, never account numbers, so that a later change of numbers still applies.
package enum PostingRules {
    /// - Throws: When the amounts don't come to a balanced entry, in words for the bookkeeper.
    package static func entry(for transaction: Transaction) throws(EntryError) -> Entry {
        var draft = EntryDraft(transaction: transaction)
        switch transaction.event {
        case .invoice(let charges, let taxes, let payments):
            draft.bill(charges, taxes, income: .credit)
            draft.money(payments, .debit)
            draft.settleDifference(with: .receivablesControl)
        case .payment(let payments):
            draft.money(payments, .debit)
            draft.settleDifference(with: .receivablesControl)
        case .prepayment(let payments):
            draft.money(payments, .debit)
            draft.settleDifference(with: .suspense)
        case .prepaymentApplied(let amount):
            draft.post(AccountRole(.suspense), .debit, amount, "Prepayment applied")
            draft.settleDifference(with: .receivablesControl)
        case .depositTaken(let payments):
            draft.money(payments, .debit)
            draft.settleDifference(with: .securityDeposits)
        case .depositApplied(let amount):
            draft.post(AccountRole(.securityDeposits), .debit, amount, "Deposit applied")
            draft.settleDifference(with: .receivablesControl)
        case .depositRefunded(let payments):
            draft.money(payments, .credit)
            draft.settleDifference(with: .securityDeposits)
        case .creditMemo(let charges, let taxes):
            draft.bill(charges, taxes, income: .debit)
            draft.settleDifference(with: .receivablesControl)
        case .refund(let charges, let taxes, let payments):
            draft.bill(charges, taxes, income: .debit)
            draft.money(payments, .credit)
        case .journal(let lines):
            draft.journal(lines)
        }
        return try Entry(currency: transaction.currency, lines: draft.lines)
    }
}
