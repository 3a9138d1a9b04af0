// SPDX-License-Identifier: Apache-2.0

/// Reads the part of a transaction that its type decides.
struct CounterEventReader {
    let currency: Currency
    /// Nil where the transaction's own is wrong, which is refused.
    let source: String?

    func event(_ kind: CounterEvent.Kind, _ reader: inout FieldReader) -> CounterEvent? {
        switch kind {
        case .invoice:
            let charges = charges(&reader)
            return .invoice(charges: charges, taxes: taxes(&reader), payments: payments(&reader, required: false))
        case .payment: return .payment(payments(&reader))
        case .prepayment: return .prepayment(payments(&reader))
        case .prepaymentApplied: return reader.amount("amount", currency).map { .prepaymentApplied($0) }
        case .depositTaken: return .depositTaken(payments(&reader))
        case .depositApplied: return reader.amount("amount", currency).map { .depositApplied($0) }
        case .depositRefunded: return .depositRefunded(payments(&reader))
        case .creditMemo: return .creditMemo(charges: charges(&reader), taxes: taxes(&reader))
        case .refund:
            let charges = charges(&reader)
            return .refund(charges: charges, taxes: taxes(&reader), payments: payments(&reader))
        case .journal: return .journal(journal(&reader))
        }
    }

    private func charges(_ reader: inout FieldReader) -> [Charge] {
        read(&reader, "charges", required: "list at least one charge") { line in
            let kind = line.choice("kind", of: Charge.Kind.self)
            let category = line.text("category", limit: 40)
            let amount = line.amount("amount", currency)
            let text = line.text("description", limit: 200)
            guard let kind, let amount else { return nil }
            return Charge(kind: kind, category: category, amount: amount, text: text)
        }
    }

    private func taxes(_ reader: inout FieldReader) -> [Tax] {
        read(&reader, "taxes", required: nil) { line in
            let jurisdiction = line.text("jurisdiction", limit: 40, required: "name the jurisdiction, such as state")
            let amount = line.amount("amount", currency)
            guard let jurisdiction, let amount else { return nil }
            return Tax(jurisdiction: jurisdiction, amount: amount)
        }
    }

    private func payments(_ reader: inout FieldReader, required: Bool = true) -> [Payment] {
        read(&reader, "payments", required: required ? "list at least one payment" : nil) { line in
            let tender = line.choice("tender", of: Payment.Tender.self)
            let brand = line.text("brand", limit: 40)
            let amount = line.amount("amount", currency)
            if brand != nil, let tender, tender != .card {
                line.note("brand", tender.rawValue, "only a card has a brand; remove it")
            }
            guard let tender, let amount else { return nil }
            return Payment(tender: tender, brand: brand, amount: amount)
        }
    }

    private func journal(_ reader: inout FieldReader) -> [JournalLine] {
        read(&reader, "lines", required: "list at least one debit and one credit") { line in
            let side = line.choice("side", of: EntryLine.Side.self)
            let account = account(&line)
            let amount = line.amount("amount", currency)
            let text = line.text("description", limit: 200)
            guard let side, let account, let amount else { return nil }
            return JournalLine(side: side, account: account, amount: amount, text: text)
        }
    }

    private func account(_ line: inout FieldReader) -> EntryLine.Account? {
        let number = line.text("account", limit: 40)
        let name = line.text("accountName", limit: SourceAccount.longestName)
        let role = line.text("role", limit: 80)
        switch (number, name, role) {
        case (nil, let name?, nil):
            guard let account = SourceAccount(source: source ?? "", name: name) else {
                line.note("accountName", name, "write the account's name without spaces or marks at its ends")
                return nil
            }
            return .named(account)
        case (let number?, nil, nil):
            guard let account = AccountNumber(number) else {
                line.note("account", number, "write the account's number in QuickBooks, at most 20 characters")
                return nil
            }
            return .number(account)
        case (nil, nil, let code?):
            guard let role = AccountRole(code: code) else {
                let known = AccountRole.Kind.allCases.map(\.rawValue).joined(separator: ", ")
                line.note("role", code, "write one of \(known)")
                return nil
            }
            return .role(role)
        default:
            line.note(
                "account", number ?? name ?? "", "write an account's number, its name or a role: one of the three")
            return nil
        }
    }

    private func read<Line>(
        _ reader: inout FieldReader, _ field: String, required remedy: String?,
        _ line: (inout FieldReader) -> Line?
    ) -> [Line] {
        let before = reader.problems.count
        var inner = reader.objects(field)
        // A value that is no list of objects has been reported already.
        if inner.isEmpty, reader.problems.count == before, let remedy { reader.note(field, "", remedy) }
        if inner.count > Self.mostLines {
            reader.note(field, "\(inner.count) lines", "split it; one list takes at most \(Self.mostLines) lines")
            return []
        }
        return inner.indices.compactMap { index in
            let value = line(&inner[index])
            inner[index].refuseUnknownFields()
            reader.adopt(inner[index].problems)
            return value
        }
    }

    /// Well below the 10,000 lines that QuickBooks accepts in one document.
    private static let mostLines = 1_000
}
