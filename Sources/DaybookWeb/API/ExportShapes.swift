// SPDX-License-Identifier: Apache-2.0
import Daybook
import Foundation

struct ExportsShape: Encodable {
    let exports: [ExportShape]
    let total: Int
    let totalIsExact: Bool
    let pageSize: Int
    let cursors: CursorsShape
    let counts: [String: Int]?
    let problems: [ProblemGroupShape]

    init(_ page: ExportPage, filter: ExportFilter, problems: [ProblemGroup], connections: [Connection]) {
        exports = page.rows.map { ExportShape($0, connections: connections) }
        switch page.total {
        case .exactly(let count): (total, totalIsExact) = (count, true)
        case .moreThan(let cap): (total, totalIsExact) = (cap, false)
        }
        pageSize = filter.pageSize
        cursors = CursorsShape(page, filter)
        counts = page.counts.map { CountsShape($0).counts }
        self.problems = problems.map { .init(explanation: $0.explanation, exports: $0.exports) }
    }
}

/// The pages beside this one, for `cursor`.
struct CursorsShape: Encodable {
    /// Absent on the first page.
    let newer: String?
    /// Absent on the last page, like `oldest`.
    let older: String?
    let oldest: String?

    init(_ page: ExportPage, _ filter: ExportFilter) {
        func cursor(_ place: ExportPlace?) -> String? { place.flatMap { ExportCursor($0, in: filter)?.text } }
        newer = cursor(page.newer)
        older = cursor(page.older)
        oldest = page.older == nil ? nil : cursor(.oldest)
    }
}

struct ProblemGroupShape: Encodable {
    let explanation: String
    let exports: Int
}

struct CountsShape: Encodable {
    let counts: [String: Int]
    let total: Int

    init(_ counts: [ExportState.Name: Int]) {
        let pairs = ExportState.Name.allCases.map { ($0.rawValue, counts[$0] ?? 0) }
        self.counts = Dictionary(pairs, uniquingKeysWith: { first, _ in first })
        total = counts.values.reduce(0, +)
    }
}

struct ExportShape: Encodable {
    struct ErrorShape: Encodable {
        let code: String
        let explanation: String
    }

    struct TransactionShape: Encodable {
        let key: KeyShape
        let type: String
        let customer: String?
        let contract: String?
    }

    let serial: Int64
    let id: String
    let state: String
    let waitsForConnection: Bool
    let date: String
    let store: Int
    let amount: String
    let currency: String
    let documentNumber: String
    let quickBooksId: String?
    let error: ErrorShape?
    let transactions: [TransactionShape]

    init(_ row: ExportRow, connections: [Connection]) {
        let export = row.export
        serial = export.serial
        id = export.id.text
        state = export.progress.state.name.rawValue
        waitsForConnection = export.waitsForConnection(among: connections)
        date = export.date.text
        store = export.store.value
        amount = export.total.text
        currency = export.total.currency.code
        documentNumber = export.documentNumber.text
        if case .exported(let receipt) = export.progress.state {
            quickBooksId = receipt.documentID
        } else {
            quickBooksId = nil
        }
        if case .error(let failure) = export.progress.state {
            error = ErrorShape(code: failure.code, explanation: failure.explanation)
        } else {
            error = nil
        }
        transactions = row.transactions.map {
            .init(key: KeyShape($0.key), type: $0.kind.rawValue, customer: $0.customerName, contract: $0.contract)
        }
    }
}

struct ExportDetailShape: Encodable {
    struct LineShape: Encodable {
        let store: Int
        let side: String
        let role: String?
        let account: String?
        let accountName: String?
        let amount: String
        let text: String
    }

    let export: ExportShape
    let lines: [LineShape]
    let history: [NoteShape]
    let requestIds: [String]

    init(_ detail: ExportDetail, connections: [Connection]) {
        export = ExportShape(detail.row, connections: connections)
        lines = detail.lines.map { line in
            var role: String?
            var account: String?
            var accountName: String?
            switch line.account {
            case .role(let named): role = named.code
            case .number(let number): account = number.text
            case .named(let named): accountName = named.name
            }
            return LineShape(
                store: line.store.value, side: line.side.rawValue, role: role, account: account,
                accountName: accountName, amount: line.amount.text, text: line.text)
        }
        history = detail.history.map { NoteShape(at: $0.at, text: $0.text, by: $0.by, intuitTid: $0.intuitTID) }
        requestIds = detail.requestIDs
    }
}

/// A line of an export's or a connection's history.
struct NoteShape: Encodable {
    let at: Date
    let text: String
    let by: String
    let intuitTid: String?
}
