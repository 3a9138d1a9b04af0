// SPDX-License-Identifier: Apache-2.0

extension Transaction {
    /// The transaction in its canonical JSON.
    ///
    /// Keys are sorted, amounts are text with all decimals, and absent fields are left out. Two arrivals of a
    /// transaction have the same content when this text is the same.
    package func canonicalText() -> String {
        var text = CanonicalText()
        text.object { write(to: &$0) }
        return String(decoding: text.bytes, as: UTF8.self)
    }

    /// Writes the members sorted by name.
    private func write(to text: inout CanonicalText) {
        text.text("amount", event.amount?.text)
        text.list("charges", event.charges) { $0.write(to: &$1) }
        text.text("contract", contract)
        text.text("currency", currency.code)
        if let customer {
            text.object("customer") {
                $0.plain("account", customer.isAccountCustomer ? "true" : "false")
                $0.text("id", customer.id)
                $0.text("name", customer.name)
            }
        }
        text.text("date", date.text)
        text.text("id", key.id)
        text.list("lines", event.lines) { $0.write(to: &$1) }
        text.text("memo", memo)
        text.list("payments", event.payments) { $0.write(to: &$1) }
        text.plain("revision", String(key.revision))
        text.text("source", key.source)
        text.plain("store", key.store.description)
        text.list("taxes", event.taxes) { $0.write(to: &$1) }
        text.text("type", event.kind.rawValue)
    }
}

extension CounterEvent {
    fileprivate var charges: [Charge] {
        switch self {
        case .invoice(let charges, _, _), .refund(let charges, _, _), .creditMemo(let charges, _): charges
        case .payment, .prepayment, .prepaymentApplied, .depositTaken, .depositApplied, .depositRefunded, .journal: []
        }
    }

    fileprivate var taxes: [Tax] {
        switch self {
        case .invoice(_, let taxes, _), .refund(_, let taxes, _), .creditMemo(_, let taxes): taxes
        case .payment, .prepayment, .prepaymentApplied, .depositTaken, .depositApplied, .depositRefunded, .journal: []
        }
    }

    fileprivate var payments: [Payment] {
        switch self {
        case .invoice(_, _, let payments), .refund(_, _, let payments), .payment(let payments),
            .prepayment(let payments), .depositTaken(let payments), .depositRefunded(let payments):
            payments
        case .creditMemo, .prepaymentApplied, .depositApplied, .journal: []
        }
    }

    fileprivate var lines: [JournalLine] {
        if case .journal(let lines) = self { lines } else { [] }
    }

    fileprivate var amount: Money? {
        switch self {
        case .prepaymentApplied(let amount), .depositApplied(let amount): amount
        case .invoice, .payment, .prepayment, .depositTaken, .depositRefunded, .creditMemo, .refund, .journal: nil
        }
    }
}

extension Charge {
    fileprivate func write(to json: inout CanonicalText) {
        json.text("amount", amount.text)
        json.text("category", category)
        json.text("description", text)
        json.text("kind", kind.rawValue)
    }
}

extension Tax {
    fileprivate func write(to json: inout CanonicalText) {
        json.text("amount", amount.text)
        json.text("jurisdiction", jurisdiction)
    }
}

extension Payment {
    fileprivate func write(to json: inout CanonicalText) {
        json.text("amount", amount.text)
        json.text("brand", brand)
        json.text("tender", tender.rawValue)
    }
}

extension JournalLine {
    fileprivate func write(to json: inout CanonicalText) {
        if case .number(let number) = account { json.text("account", number.text) }
        if case .named(let named) = account { json.text("accountName", named.name) }
        json.text("amount", amount.text)
        json.text("description", text)
        if case .role(let role) = account { json.text("role", role.code) }
        json.text("side", side.rawValue)
    }
}
