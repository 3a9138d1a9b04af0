// SPDX-License-Identifier: Apache-2.0
import Daybook

/// One export with its lines and its history.
struct ExportView {
    struct LineView {
        let store: String
        let account: String
        let number: String
        let text: String
        let debit: String
        let credit: String
    }

    struct NoteView {
        let time: String
        let what: String
        let by: String
        let trace: String?
    }

    let row: ExportRowView
    let lines: [LineView]
    let total: String
    let history: [NoteView]
    let requestIDs: [String]
    let quickBooksID: String?
    let errorCode: String?
    let canReset: Bool
    let canHold: Bool
    let canRelease: Bool
    let canExclude: Bool
    let canInclude: Bool
    let hasActions: Bool

    init(_ detail: ExportDetail, numbers: AccountNumbers, waits: Bool, actor: Actor, shown: ShownText) {
        row = ExportRowView(detail.row, waits: waits, shown: shown)
        lines = detail.lines.map { Self.line($0, numbers) }
        total = ShownText.amount(detail.row.export.total)
        history = detail.history.map {
            NoteView(time: shown.time($0.at), what: $0.text, by: $0.by, trace: $0.intuitTID)
        }
        requestIDs = detail.requestIDs
        let state = detail.row.export.progress.state
        if case .exported(let receipt) = state { quickBooksID = receipt.documentID } else { quickBooksID = nil }
        // Most explanations name Intuit's code already.
        if case .error(let failure) = state, row.note?.contains(failure.code) != true {
            errorCode = failure.code
        } else {
            errorCode = nil
        }
        let export = detail.row.export
        canReset = state.name == .error && actor.may(.reset, export)
        canHold = (state.name == .pending || state.name == .error) && actor.may(.hold, export)
        canRelease = state.name == .onHold && actor.may(.release, export)
        canExclude = [.pending, .error, .onHold].contains(state.name) && actor.may(.exclude, export)
        canInclude = state.name == .excluded && actor.may(.include, export)
        hasActions = canReset || canHold || canRelease || canExclude || canInclude
    }

    private static func line(_ line: EntryLine, _ numbers: AccountNumbers) -> LineView {
        let amount = ShownText.amount(line.amount)
        let (account, number): (String, String) =
            switch line.account {
            case .role(let role): (role.name, numbers.number(for: role, at: line.store)?.text ?? "none set")
            case .number(let number): ("Account", number.text)
            case .named(let named): (named.name, named.number?.text ?? "")
            }
        return LineView(
            store: line.store.description, account: account, number: number, text: line.text,
            debit: line.side == .debit ? amount : "", credit: line.side == .credit ? amount : "")
    }
}
