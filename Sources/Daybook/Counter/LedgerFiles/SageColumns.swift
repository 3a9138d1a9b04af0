// SPDX-License-Identifier: Apache-2.0

/// The columns of a general journal as Sage 50 US (Peachtree) takes and writes it, in its usual order.
///
/// Source: Sage 50 help, "General Journal Fields (Import/Export)". A debit is positive, a credit negative, and each row says
/// how many rows its entry has.
enum SageColumns {
    static let titles = [
        "Date", "Reference", "Date Clear in Bank Rec", "Number of Distributions", "G/L Account", "Description",
        "Amount",
        "Job ID", "Used for Reimbursable Expense", "Transaction Period", "Transaction Number",
        "Consolidated Transaction", "Recur Number", "Recur Frequency",
    ]

    /// The titles of a file that has none; nil where its cells are not in that order.
    static func titles(of rows: [[String]]) -> [String]? {
        guard let count = rows.first?.count, (7...titles.count).contains(count),
            rows.allSatisfy({ $0.count == count && isLine($0) })
        else { return nil }
        return Array(titles.prefix(count))
    }

    private static func isLine(_ cells: [String]) -> Bool {
        !DateOrder.possible(cells[0]).isEmpty && Int(digits: cells[3]).map { (1...1_000).contains($0) } == true
            && !DecimalMark.possible(cells[6]).isEmpty
    }
}
