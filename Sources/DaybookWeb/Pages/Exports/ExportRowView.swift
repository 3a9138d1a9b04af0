// SPDX-License-Identifier: Apache-2.0
import Daybook

/// One line of the queue.
struct ExportRowView {
    struct TransactionView {
        let kind: String
        let key: String
        let contract: String?
    }

    let serial: Int64
    let stateTitle: String
    let stateKey: String
    let date: String
    let store: String
    let customer: String
    let document: String
    let transactions: [TransactionView]
    let amount: String
    let note: String?
    let isError: Bool
    let isTicked: Bool

    init(_ row: ExportRow, waits: Bool, isTicked: Bool = false, shown: ShownText) {
        let export = row.export
        serial = export.serial
        stateTitle = export.progress.state.name.title
        stateKey = export.progress.state.name.rawValue
        date = export.date.text
        store = export.store.description
        customer = Self.unique(row.transactions.compactMap(\.customerName)).joined(separator: ", ")
        document = export.documentNumber.text
        transactions = row.transactions.map {
            TransactionView(kind: $0.kind.name, key: $0.key.id, contract: $0.contract)
        }
        amount = ShownText.amount(export.total)
        note = Self.note(export.progress.state, waits: waits, shown: shown)
        if case .error = export.progress.state { isError = true } else { isError = false }
        self.isTicked = isTicked
    }

    /// What the bookkeeper must know beyond the status.
    static func note(_ state: ExportState, waits: Bool, shown: ShownText) -> String? {
        switch state {
        case .pending: waits ? "Waiting for connection" : nil
        case .exporting: nil
        case .checking(let doubt):
            "Sent, but no answer came. QuickBooks is asked at \(shown.time(doubt.lookNoEarlierThan)) whether it is there."
        case .exported(let receipt):
            "QuickBooks document \(receipt.documentID)"
                + (receipt.wasLookedUp ? ", found there after no answer came" : "")
        case .error(let failure): failure.explanation
        case .onHold: "Held by a person; it goes out after Release."
        case .collecting: "Its day is still open."
        case .excluded: "A person decided that it is not exported; Include takes that back."
        case .withdrawn: "A revision took its place, or its file was taken back, before it was sent."
        case .nothingToPost: "Its amounts come to nothing, so no document goes to QuickBooks."
        }
    }

    private static func unique(_ names: [String]) -> [String] {
        var seen: Set<String> = []
        return names.filter { seen.insert($0).inserted }
    }
}

extension ExportFailure {
    var explanation: String {
        switch self {
        case .refused(let refusal): refusal.explanation
        case .blocked(let problem): problem.explanation
        case .foreignDocument(_, let explanation): explanation
        }
    }

    var code: String {
        switch self {
        case .refused(let refusal): refusal.code
        case .blocked(let problem): problem.code
        case .foreignDocument: "foreign-document"
        }
    }
}
