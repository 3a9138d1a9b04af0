// SPDX-License-Identifier: Apache-2.0
public import Foundation

/// Every account's balance on a day.
///
/// Its debits equal its credits; otherwise something is wrong in the books or in the report.
public struct TrialBalance: Sendable, Equatable {
    /// One account's balance.
    public struct Line: Sendable, Equatable {
        /// QuickBooks' id of the account.
        public let accountID: String
        /// Its name.
        public let accountName: String
        /// The balance if it is a debit, else 0.
        public let debit: Decimal
        /// The balance if it is a credit, else 0.
        public let credit: Decimal
    }

    /// The accounts, in no particular order; those without a balance may be absent.
    public let lines: [Line]
    /// The total of debits that QuickBooks states; nil if it states none.
    public let totalDebit: Decimal?
    /// The total of credits that QuickBooks states; nil if it states none.
    public let totalCredit: Decimal?
    /// The day, if stated.
    public let endPeriod: LedgerDate?

    /// Reads a trial balance out of a report.
    ///
    /// - Throws: ``QuickBooksError/Code/unreadableAnswer`` if a column is missing or a cell isn't an amount.
    public init(_ report: Report) throws(QuickBooksError) {
        var reader = try TrialBalanceReader(columns: report.columns)
        for row in report.rows { try reader.read(row) }
        lines = reader.lines
        totalDebit = reader.total?.debit
        totalCredit = reader.total?.credit
        endPeriod = report.header.endPeriod
    }
}

private struct TrialBalanceReader {
    let account: Int
    let debit: Int
    let credit: Int
    var lines: [TrialBalance.Line] = []
    var total: (debit: Decimal, credit: Decimal)?

    init(columns: [Report.Column]) throws(QuickBooksError) {
        func place(_ title: String) -> Int? { columns.firstIndex { $0.title.lowercased() == title } }
        guard let debit = place("debit"), let credit = place("credit") else {
            throw QuickBooksError(.unreadableAnswer, reason: "the trial balance has no Debit and Credit columns")
        }
        self.debit = debit
        self.credit = credit
        account = columns.firstIndex { $0.type.lowercased() == "account" } ?? 0
    }

    mutating func read(_ row: Report.Row) throws(QuickBooksError) {
        try readAccount(row.cells)
        // A parent account may have postings of its own, which then stand at the head of its section.
        try readAccount(row.header)
        for inner in row.rows { try read(inner) }
        if row.group == "GrandTotal" {
            total = (try amount(debit, row.summary), try amount(credit, row.summary))
        }
    }

    private mutating func readAccount(_ cells: [Report.Cell]) throws(QuickBooksError) {
        guard cells.indices.contains(account), let id = cells[account].id, !id.isEmpty else { return }
        let debitAmount = try amount(debit, cells)
        let creditAmount = try amount(credit, cells)
        lines.append(
            TrialBalance.Line(
                accountID: id, accountName: cells[account].value, debit: debitAmount, credit: creditAmount))
    }

    private func amount(_ place: Int, _ cells: [Report.Cell]) throws(QuickBooksError) -> Decimal {
        guard cells.indices.contains(place), !cells[place].value.isEmpty else { return 0 }
        guard let amount = ExactDecimal.parse(cells[place].value) else {
            throw QuickBooksError(.unreadableAnswer, reason: "a cell of the trial balance is not an amount")
        }
        return amount
    }
}
