// SPDX-License-Identifier: Apache-2.0
import Daybook

/// The transactions that a file brought.
struct FileHistoryView {
    struct TransactionView {
        let date: String
        let kind: String
        let id: String
        let store: String
        let exports: [ExportLink]
    }

    struct ExportLink {
        let address: String
        let serial: String
    }

    /// How many are on a page.
    static let most = 100

    let hasTransactions: Bool
    let count: String
    /// Days, stores and money, as sentences.
    let facts: [String]
    let transactions: [TransactionView]
    /// Where the next ones are; nil on the last page.
    let nextAddress: String?
    let mayBeTakenBack: Bool
    /// Why it can't be taken back, though it was taken; nil where it can.
    let whyNot: String?

    /// - Parameter transactions: One more than are shown, where there are more.
    init(_ file: ReceivedFile, totals: FileTotals, transactions: [FileTransaction]) {
        hasTransactions = totals.transactions > 0
        count = counted(totals.transactions, "transaction")
        facts = Self.facts(totals)
        let shown = transactions.prefix(Self.most)
        self.transactions = shown.map { transaction in
            TransactionView(
                date: transaction.date.text, kind: transaction.kind.name, id: transaction.key.id,
                store: transaction.key.store.description,
                exports: transaction.exports.map { ExportLink(address: "/exports/\($0)", serial: String($0)) })
        }
        nextAddress =
            transactions.count > Self.most
            ? shown.last.map { "\(FilePages.address(of: file.id))?after=\($0.serial)" } : nil
        let sent = totals.sent
        mayBeTakenBack = file.state == .taken && sent == 0 && totals.transactions > 0
        whyNot =
            file.state == .taken && sent > 0
            ? "It can't be taken back: \(counted(sent, "export")) of it \(sent == 1 ? "is" : "are") in QuickBooks or on the way there."
            : nil
    }

    private static func facts(_ totals: FileTotals) -> [String] {
        var facts: [String] = []
        if let first = totals.first, let last = totals.last {
            facts.append(first == last ? "Of \(first.text)." : "From \(first.text) to \(last.text).")
        }
        if !totals.stores.isEmpty {
            let stores = totals.stores.map(\.description).joined(separator: ", ")
            facts.append(totals.stores.count == 1 ? "Store \(stores)." : "Stores \(stores).")
        }
        if !totals.debits.isEmpty {
            facts.append(
                "Debits and credits of \(totals.debits.map(ShownText.amount).joined(separator: " and ")) each.")
        }
        return facts + states(totals)
    }

    private static func states(_ totals: FileTotals) -> [String] {
        let parts = ExportState.Name.allCases.compactMap { state in
            totals.states[state].map { "\($0) \(state.title)" }
        }
        return parts.isEmpty ? [] : ["Exports: \(parts.joined(separator: ", "))."]
    }
}
