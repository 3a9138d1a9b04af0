// SPDX-License-Identifier: Apache-2.0

/// Makes a transaction's balanced entry of gross legs, under closed accrual: income is booked when the contract is
/// invoiced.
///
/// It is pure. It writes account roles, so that a later change of account numbers still applies; only a journal line
/// may name an account number itself.
package enum PostingRules {
    /// - Throws: ``EntryError`` when the amounts don't make a balanced entry.
    package static func entry(for transaction: Transaction) throws(EntryError) -> Entry {
        var draft = EntryDraft(transaction: transaction, part: transaction.event.kind.firstPart)
        switch transaction.event {
        case .invoice(let charges, let taxes, let payments):
            draft.bill(charges, taxes, income: .credit)
            draft.settleDifference(with: .receivablesControl)
            draft.begin(.payment)
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
            let givenBack = payments.map(\.amount).total(transaction.currency)
            guard givenBack == draft.balance else { throw .unbalanced(debits: draft.balance, credits: givenBack) }
            draft.settleDifference(with: .receivablesControl)
            draft.begin(.refund)
            draft.money(payments, .credit)
            draft.settleDifference(with: .receivablesControl)
        case .journal(let lines):
            draft.journal(lines)
        }
        return try Entry(currency: transaction.currency, legs: draft.legs)
    }
}

extension CounterEvent.Kind {
    fileprivate var firstPart: Leg.Part {
        switch self {
        case .invoice: .bill
        case .payment: .payment
        case .prepayment: .prepayment
        case .prepaymentApplied, .depositApplied: .application
        case .depositTaken, .depositRefunded: .deposit
        case .creditMemo, .refund: .credit
        case .journal: .journal
        }
    }
}
