// SPDX-License-Identifier: Apache-2.0

/// Transactions as CSV: one row for each charge, tax, payment, amount or journal line; rows with the
/// same source, store, id and revision make one transaction, whose header cells must agree.
enum CSVWriting {
    /// The header row with its line break.
    static let header = CSVColumn.allCases.map(\.name).joined(separator: ",") + "\n"

    /// A transaction's rows, each with its line break.
    static func text(of transaction: Transaction) -> String {
        var cells = headerCells(transaction)
        let count = cells.count
        return lines(of: transaction.event).map { line in
            cells.replaceSubrange(count..., with: CSVColumn.allCases[count...].map { line[$0] ?? "" })
            return cells.map(quoted).joined(separator: ",") + "\n"
        }.joined()
    }

    private static func quoted(_ cell: String) -> String {
        let special = cell.utf8.contains { $0 == 44 || $0 == 59 || $0 == 34 || $0 == 10 || $0 == 13 }
        return special ? "\"" + cell.replacing("\"", with: "\"\"") + "\"" : cell
    }

    /// The cells of the columns about the transaction as a whole, in their order.
    private static func headerCells(_ transaction: Transaction) -> [String] {
        [
            transaction.key.source, transaction.key.store.description, transaction.key.id,
            String(transaction.key.revision), transaction.event.kind.rawValue, transaction.date.text,
            transaction.currency.code, transaction.contract ?? "", transaction.memo ?? "",
            transaction.customer?.id ?? "", transaction.customer?.name ?? "",
            transaction.customer.map { $0.isAccountCustomer ? "true" : "false" } ?? "",
        ]
    }

    private static func lines(of event: CounterEvent) -> [[CSVColumn: String]] {
        switch event {
        case .invoice(let charges, let taxes, let payments), .refund(let charges, let taxes, let payments):
            charges.map(cells) + taxes.map(cells) + payments.map(cells)
        case .creditMemo(let charges, let taxes): charges.map(cells) + taxes.map(cells)
        case .payment(let payments), .prepayment(let payments), .depositTaken(let payments),
            .depositRefunded(let payments):
            payments.map(cells)
        case .prepaymentApplied(let amount), .depositApplied(let amount): [[.line: "amount", .amount: amount.text]]
        case .journal(let lines): lines.map(cells)
        }
    }

    private static func cells(_ charge: Charge) -> [CSVColumn: String] {
        var cells: [CSVColumn: String] = [.line: "charge", .kind: charge.kind.rawValue, .amount: charge.amount.text]
        cells[.category] = charge.category
        cells[.description] = charge.text
        return cells
    }

    private static func cells(_ tax: Tax) -> [CSVColumn: String] {
        [.line: "tax", .jurisdiction: tax.jurisdiction, .amount: tax.amount.text]
    }

    private static func cells(_ payment: Payment) -> [CSVColumn: String] {
        var cells: [CSVColumn: String] = [
            .line: "payment", .tender: payment.tender.rawValue, .amount: payment.amount.text,
        ]
        cells[.brand] = payment.brand
        return cells
    }

    private static func cells(_ line: JournalLine) -> [CSVColumn: String] {
        var cells: [CSVColumn: String] = [.line: "journal", .side: line.side.rawValue, .amount: line.amount.text]
        cells[.description] = line.text
        switch line.account {
        case .role(let role): cells[.role] = role.code
        case .number(let number): cells[.account] = number.text
        case .named(let named): cells[.accountName] = named.name
        }
        return cells
    }
}
