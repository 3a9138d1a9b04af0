// SPDX-License-Identifier: Apache-2.0

extension TransactionCSV {
    private static let columns = headerColumns + lineColumns

    /// The header row, ended.
    static let header = row(columns)

    /// A transaction's rows, each ended.
    static func text(of transaction: Transaction) -> String {
        let header = headerCells(transaction)
        return lines(of: transaction.event).map { line in
            row(columns.map { header[$0] ?? line[$0] ?? "" })
        }.joined()
    }

    private static func row(_ cells: [String]) -> String {
        cells.map(quoted).joined(separator: ",") + "\n"
    }

    private static func quoted(_ cell: String) -> String {
        guard cell.contains(where: { $0 == "," || $0 == ";" || $0 == "\"" || $0.endsLine }) else { return cell }
        return "\"" + cell.replacing("\"", with: "\"\"") + "\""
    }

    private static func headerCells(_ transaction: Transaction) -> [String: String] {
        var cells = [
            "source": transaction.key.source, "store": transaction.key.store.description, "id": transaction.key.id,
            "revision": String(transaction.key.revision), "type": transaction.event.kind.rawValue,
            "date": transaction.date.text, "currency": transaction.currency.code,
        ]
        cells["contract"] = transaction.contract
        cells["memo"] = transaction.memo
        cells["customer_id"] = transaction.customer?.id
        cells["customer_name"] = transaction.customer?.name
        cells["customer_account"] = transaction.customer.map { $0.isAccountCustomer ? "true" : "false" }
        return cells
    }

    private static func lines(of event: CounterEvent) -> [[String: String]] {
        switch event {
        case .invoice(let charges, let taxes, let payments), .refund(let charges, let taxes, let payments):
            charges.map(cells) + taxes.map(cells) + payments.map(cells)
        case .creditMemo(let charges, let taxes): charges.map(cells) + taxes.map(cells)
        case .payment(let payments), .prepayment(let payments), .depositTaken(let payments),
            .depositRefunded(let payments):
            payments.map(cells)
        case .prepaymentApplied(let amount), .depositApplied(let amount): [["line": "amount", "amount": amount.text]]
        case .journal(let lines): lines.map(cells)
        }
    }

    private static func cells(_ charge: Charge) -> [String: String] {
        var cells = ["line": "charge", "kind": charge.kind.rawValue, "amount": charge.amount.text]
        cells["category"] = charge.category
        cells["description"] = charge.text
        return cells
    }

    private static func cells(_ tax: Tax) -> [String: String] {
        ["line": "tax", "jurisdiction": tax.jurisdiction, "amount": tax.amount.text]
    }

    private static func cells(_ payment: Payment) -> [String: String] {
        var cells = ["line": "payment", "tender": payment.tender.rawValue, "amount": payment.amount.text]
        cells["brand"] = payment.brand
        return cells
    }

    private static func cells(_ line: JournalLine) -> [String: String] {
        var cells = ["line": "journal", "side": line.side.rawValue, "amount": line.amount.text]
        cells["description"] = line.text
        switch line.account {
        case .role(let role): cells["role"] = role.code
        case .number(let number): cells["account"] = number.text
        }
        return cells
    }
}
