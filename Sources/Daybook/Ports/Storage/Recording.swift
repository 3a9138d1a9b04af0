// SPDX-License-Identifier: Apache-2.0

/// A transaction as it is written down: its content, its entry and the exports that own its lines.
package struct Recording: Sendable {
    package struct NewExport: Sendable {
        package let id: Export.ID
        package let kind: DocumentKind
        package let operation: DocumentOperation
        /// The store whose company it goes to; the company is decided when it is recorded.
        package let store: StoreNumber
        package let date: CalendarDate
        package let total: Money
        package let documentNumber: DocumentNumber
        package let note: String
        /// Indexes into the entry's legs.
        ///
        /// Every leg is in exactly one export.
        package let legs: [Int]
        /// The state in which it begins.
        package let state: InitialState
        /// What has to be exported before: exports recorded earlier, or named earlier in the same batch.
        package let dependsOn: [Export.ID]

        package init(
            id: Export.ID, kind: DocumentKind, operation: DocumentOperation, store: StoreNumber, date: CalendarDate,
            total: Money, documentNumber: DocumentNumber, note: String, legs: [Int], state: InitialState = .pending,
            dependsOn: [Export.ID] = []
        ) {
            self.id = id
            self.kind = kind
            self.operation = operation
            self.store = store
            self.date = date
            self.total = total
            self.documentNumber = documentNumber
            self.note = note
            self.legs = legs
            self.state = state
            self.dependsOn = dependsOn
        }
    }

    package let transaction: Transaction
    /// The transaction in its canonical text; two arrivals have the same content when this is the same.
    package let content: String
    package let entry: Entry
    package let exports: [NewExport]

    package init(transaction: Transaction, content: String, entry: Entry, exports: [NewExport]) {
        self.transaction = transaction
        self.content = content
        self.entry = entry
        self.exports = exports
    }
}

/// New exports whose document numbers are used already at their company; nothing was recorded.
///
/// Other export ids give other numbers.
package struct DocumentNumbersTaken: Error, Equatable, Sendable {
    package let exports: Set<Export.ID>

    package init(exports: Set<Export.ID>) { self.exports = exports }
}

package enum RecordPolicy: Sendable {
    case allOrNothing
    case partial
}

package enum RecordOutcome: Sendable, Equatable {
    case recorded(exports: [Int64])
    case alreadyThere(exports: [Int64])
    /// The key is there with other content; nothing was changed.
    case conflict
    /// The transaction is good, but nothing of the batch was recorded.
    case notTaken
}
