// SPDX-License-Identifier: Apache-2.0

/// The legs of an entry while a rule writes them, one part after the other.
struct EntryDraft {
    let transaction: Transaction
    private(set) var legs: [Leg] = []
    /// The part that is being written.
    private var part: Leg.Part
    /// Debits less credits of the part so far.
    private(set) var balance: Money

    init(transaction: Transaction, part: Leg.Part) {
        self.transaction = transaction
        self.part = part
        balance = .zero(transaction.currency)
    }

    /// Begins another part; the one before is balanced.
    mutating func begin(_ next: Leg.Part) { part = next }

    /// Income, discounts and tax of a bill.
    ///
    /// Income is credited for a bill, and debited for its correction.
    mutating func bill(_ charges: [Charge], _ taxes: [Tax], income side: EntryLine.Side) {
        for charge in charges {
            let isDiscount = charge.kind == .discount
            post(charge.kind.role(charge.category), isDiscount ? side.opposite : side, charge.amount, charge.text)
        }
        for tax in taxes {
            post(AccountRole(.salesTax, tax.jurisdiction), side, tax.amount, "Sales tax \(tax.jurisdiction)")
        }
    }

    /// Money in (debit) or out (credit) by tender.
    mutating func money(_ payments: [Payment], _ side: EntryLine.Side) {
        for payment in payments { post(payment.role, side, payment.amount, payment.text) }
    }

    mutating func journal(_ lines: [JournalLine]) {
        for line in lines { add(line.account, line.side, line.amount, line.text) }
    }

    /// Adds one line for what is still open, on the side that balances; none when nothing is open.
    mutating func settleDifference(with kind: AccountRole.Kind) {
        guard !balance.isZero else { return }
        let open = balance
        post(AccountRole(kind), open.isNegative ? .debit : .credit, open.isNegative ? -open : open, nil)
    }

    mutating func post(_ role: AccountRole, _ side: EntryLine.Side, _ amount: Money, _ text: String?) {
        add(.role(role), side, amount, text ?? role.name)
    }

    private mutating func add(_ account: EntryLine.Account, _ side: EntryLine.Side, _ amount: Money, _ text: String?) {
        // QuickBooks refuses a line of zero, which would have no meaning.
        guard !amount.isZero else { return }
        balance = side == .debit ? balance + amount : balance - amount
        let line = EntryLine(
            store: transaction.key.store, account: account, side: side, amount: amount,
            text: text ?? transaction.event.kind.name)
        legs.append(Leg(line, part: part))
    }
}

extension EntryLine.Side {
    var opposite: EntryLine.Side { self == .debit ? .credit : .debit }
}

extension Charge.Kind {
    func role(_ category: String?) -> AccountRole {
        switch self {
        case .rental: AccountRole(.rental, category)
        case .sale: AccountRole(.sale, category)
        case .damageWaiver: AccountRole(.damageWaiver, category)
        case .delivery: AccountRole(.delivery, category)
        case .fuel: AccountRole(.fuel, category)
        case .labor: AccountRole(.labor, category)
        case .cleaning: AccountRole(.cleaning, category)
        case .environmental: AccountRole(.environmental, category)
        case .reRent: AccountRole(.reRent, category)
        case .usedEquipmentSale: AccountRole(.usedEquipmentSale, category)
        case .otherFee: AccountRole(.otherFee, category)
        case .discount: AccountRole(.discount, category)
        }
    }
}

extension Payment {
    var role: AccountRole {
        switch tender {
        case .cash: AccountRole(.cashDrawer)
        case .check: AccountRole(.checksInHand)
        case .card: AccountRole(.card, brand)
        case .ach: AccountRole(.ach)
        }
    }

    var text: String {
        switch tender {
        case .cash: "Cash"
        case .check: "Check"
        case .card: brand.map { "Card \($0)" } ?? "Card"
        case .ach: "ACH"
        }
    }
}
