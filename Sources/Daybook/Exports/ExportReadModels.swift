// SPDX-License-Identifier: Apache-2.0
package import Foundation

/// An export as the queue shows it.
package struct ExportRow: Sendable, Equatable {
    package let export: Export
    /// The transactions that it delivers.
    package let transactions: [TransactionSummary]

    package init(export: Export, transactions: [TransactionSummary]) {
        self.export = export
        self.transactions = transactions
    }
}

package struct TransactionSummary: Sendable, Equatable {
    package let key: Transaction.Key
    package let kind: CounterEvent.Kind
    package let customerName: String?
    package let contract: String?

    package init(key: Transaction.Key, kind: CounterEvent.Kind, customerName: String?, contract: String?) {
        self.key = key
        self.kind = kind
        self.customerName = customerName
        self.contract = contract
    }
}

/// Everything about one export.
package struct ExportDetail: Sendable {
    package let row: ExportRow
    package let legs: [Leg]
    /// Oldest first.
    package let history: [ExportNote]
    package let requestIDs: [String]

    package init(row: ExportRow, legs: [Leg], history: [ExportNote], requestIDs: [String]) {
        self.row = row
        self.legs = legs
        self.history = history
        self.requestIDs = requestIDs
    }

    /// What its document shows of the legs.
    package var lines: [EntryLine] { legs.lines }
}

package struct RecordedTransaction: Sendable, Equatable {
    package let key: Transaction.Key
    package let content: String
    package let recordedAt: Date
    package let exports: [Export]

    package init(key: Transaction.Key, content: String, recordedAt: Date, exports: [Export]) {
        self.key = key
        self.content = content
        self.recordedAt = recordedAt
        self.exports = exports
    }
}

/// One problem, with the number of exports that it blocks.
package struct ProblemGroup: Sendable, Equatable {
    package let explanation: String
    package let exports: Int

    package init(explanation: String, exports: Int) {
        self.explanation = explanation
        self.exports = exports
    }
}
