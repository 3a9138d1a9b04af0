// SPDX-License-Identifier: Apache-2.0

/// Takes the customer out of one stored transaction and of the texts that were made of it.
///
/// The whole memo is removed: it is free text about somebody, and no program can tell what in it is personal. What the
/// posting rules wrote, such as “Card visa”, stays.
package struct Anonymization: Sendable {
    /// The canonical text without the customer; `{}` where the stored text is of another form.
    package let content: String
    private let memo: String?
    /// What the source wrote on lines; nil where it is not known, because the stored text is of another form.
    private let descriptions: Set<String>?
    private let personal: PersonalText

    /// - Parameters:
    ///   - name: As the transaction has it.
    ///   - content: The transaction's canonical text.
    package init(as pseudonym: Pseudonym, name: String, content: String) {
        let personal = PersonalText(name: name, pseudonym: pseudonym.name)
        self.personal = personal
        guard let transaction = Transaction(canonicalText: content) else {
            self.content = "{}"
            (memo, descriptions) = (nil, nil)
            return
        }
        self.content = transaction.without(personal, pseudonym).canonicalText()
        memo = transaction.memo
        descriptions = Set(transaction.event.descriptions)
    }

    /// A line's text without the customer.
    package func line(_ text: String) -> String {
        descriptions.map { $0.contains(text) } ?? true ? personal.cleaned(text) : text
    }

    /// What a bookkeeper reads in QuickBooks after the marker, without the customer and the memo.
    package func note(_ text: String) -> String {
        guard let memo, text.hasSuffix(" · \(memo)") else { return personal.withoutName(text) }
        return personal.withoutName(String(text.dropLast(memo.count + 3)))
    }

    /// A line of the history without the customer and the memo; dates and numbers of Daybook's own stay.
    package func history(_ text: String) -> String {
        personal.withoutName(memo.map { text.replacing($0, with: "[removed]") } ?? text)
    }
}

extension Transaction {
    /// Reads a transaction from its canonical text; nil for a text of another form.
    init?(canonicalText: String) {
        var tape = FieldTape()
        let bytes = Array(canonicalText.utf8)
        // A text that is no JSON did not come through the intake, so its mistake is reported to nobody.
        guard (try? JSONReader.read(bytes, bytes.indices, depth: 0, onto: &tape)) != nil,
            case .success(let balanced) = TransactionReader.read(tape, line: nil)
        else { return nil }
        self = balanced.transaction
    }

    fileprivate func without(_ personal: PersonalText, _ pseudonym: Pseudonym) -> Transaction {
        Transaction(
            key: key, date: date, currency: currency,
            customer: customer.map {
                Customer(id: pseudonym.id, name: pseudonym.name, isAccountCustomer: $0.isAccountCustomer)
            }, contract: contract, event: event.describing(personal.cleaned))
    }
}

extension CounterEvent {
    /// What the source wrote on lines.
    fileprivate var descriptions: [String] {
        switch self {
        case .invoice(let charges, _, _), .refund(let charges, _, _), .creditMemo(let charges, _):
            charges.compactMap(\.text)
        case .journal(let lines): lines.compactMap(\.text)
        case .payment, .prepayment, .prepaymentApplied, .depositTaken, .depositApplied, .depositRefunded: []
        }
    }

    /// The same with other descriptions.
    fileprivate func describing(_ change: (String) -> String) -> CounterEvent {
        func changed(_ charges: [Charge]) -> [Charge] {
            charges.map {
                Charge(kind: $0.kind, category: $0.category, amount: $0.amount, text: $0.text.map(change))
            }
        }
        return switch self {
        case .invoice(let charges, let taxes, let payments):
            .invoice(charges: changed(charges), taxes: taxes, payments: payments)
        case .refund(let charges, let taxes, let payments):
            .refund(charges: changed(charges), taxes: taxes, payments: payments)
        case .creditMemo(let charges, let taxes): .creditMemo(charges: changed(charges), taxes: taxes)
        case .journal(let lines):
            .journal(
                lines.map {
                    JournalLine(side: $0.side, account: $0.account, amount: $0.amount, text: $0.text.map(change))
                })
        case .payment, .prepayment, .prepaymentApplied, .depositTaken, .depositApplied, .depositRefunded: self
        }
    }
}
