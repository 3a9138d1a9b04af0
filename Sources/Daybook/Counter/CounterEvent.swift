// SPDX-License-Identifier: Apache-2.0

/// What happened at a rental counter, of the kinds that reach the books.
package enum CounterEvent: Hashable, Sendable {
    /// A contract was closed or billed for a cycle; what was paid at once is among the payments.
    case invoice(charges: [Charge], taxes: [Tax], payments: [Payment])
    /// A customer paid on account.
    case payment([Payment])
    /// Money was taken for a contract that is not invoiced yet.
    case prepayment([Payment])
    /// A prepayment was used for an invoice.
    case prepaymentApplied(Money)
    /// A security deposit was taken.
    case depositTaken([Payment])
    /// A security deposit was used for an invoice.
    case depositApplied(Money)
    /// A security deposit was given back.
    case depositRefunded([Payment])
    /// A bill was corrected downwards; the customer owes less.
    case creditMemo(charges: [Charge], taxes: [Tax])
    /// Money was given back for a bill that was paid.
    case refund(charges: [Charge], taxes: [Tax], payments: [Payment])
    /// Debits and credits written by hand.
    case journal([JournalLine])

    /// The word for it in files, in the API and on the page.
    package var kind: Kind {
        switch self {
        case .invoice: .invoice
        case .payment: .payment
        case .prepayment: .prepayment
        case .prepaymentApplied: .prepaymentApplied
        case .depositTaken: .depositTaken
        case .depositApplied: .depositApplied
        case .depositRefunded: .depositRefunded
        case .creditMemo: .creditMemo
        case .refund: .refund
        case .journal: .journal
        }
    }

    package enum Kind: String, CaseIterable, Sendable {
        case invoice
        case payment
        case prepayment
        case prepaymentApplied = "prepayment-applied"
        case depositTaken = "deposit-taken"
        case depositApplied = "deposit-applied"
        case depositRefunded = "deposit-refunded"
        case creditMemo = "credit-memo"
        case refund
        case journal

        /// The kind as a reader sees it: "Deposit taken".
        package var name: String {
            let words = rawValue.replacing("-", with: " ")
            return words.prefix(1).uppercased() + words.dropFirst()
        }
    }
}

/// One priced line of a bill, before tax.
///
/// A discount's amount is positive too; it is subtracted from the bill.
package struct Charge: Hashable, Sendable {
    package enum Kind: String, CaseIterable, Sendable {
        case rental
        case sale
        case damageWaiver = "damage-waiver"
        case delivery
        case fuel
        case labor
        case cleaning
        case environmental
        case reRent = "re-rent"
        case usedEquipmentSale = "used-equipment-sale"
        case otherFee = "other-fee"
        case discount
    }

    package let kind: Kind
    /// Narrows the account: an equipment category such as `aerial`.
    package let category: String?
    package let amount: Money
    package let text: String?

    package init(kind: Kind, category: String? = nil, amount: Money, text: String? = nil) {
        self.kind = kind
        self.category = category
        self.amount = amount
        self.text = text
    }
}

/// Sales tax owed to one jurisdiction, as the rental system computed it; QuickBooks does not compute it again.
package struct Tax: Hashable, Sendable {
    package let jurisdiction: String
    package let amount: Money

    package init(jurisdiction: String, amount: Money) {
        self.jurisdiction = jurisdiction
        self.amount = amount
    }
}

/// Money in or out by one tender.
package struct Payment: Hashable, Sendable {
    package enum Tender: String, CaseIterable, Sendable {
        case cash, check, card, ach
    }

    package let tender: Tender
    /// The card's brand (`visa`, `amex`), for brands that settle to an account of their own.
    package let brand: String?
    package let amount: Money

    package init(tender: Tender, brand: String? = nil, amount: Money) {
        self.tender = tender
        self.brand = brand
        self.amount = amount
    }
}

/// A line of a plain journal.
package struct JournalLine: Hashable, Sendable {
    package let side: EntryLine.Side
    package let account: EntryLine.Account
    package let amount: Money
    package let text: String?

    package init(side: EntryLine.Side, account: EntryLine.Account, amount: Money, text: String? = nil) {
        self.side = side
        self.account = account
        self.amount = amount
        self.text = text
    }
}
