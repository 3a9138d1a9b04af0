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

        /// - Throws: ``OperationRefused`` for what documents of this kind can't do.
        package init(
            id: Export.ID, kind: DocumentKind, operation: DocumentOperation, store: StoreNumber, date: CalendarDate,
            total: Money, documentNumber: DocumentNumber, note: String, legs: [Int], state: InitialState = .pending,
            dependsOn: [Export.ID] = []
        ) throws(OperationRefused) {
            try kind.check(operation.name)
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

    /// How many other ids an export is given: one whose transaction was taken back after a refusal keeps its own.
    package static let mostAttempts = 100

    package let balanced: BalancedTransaction
    /// The transaction in its canonical text; two arrivals have the same content when this is the same.
    package let content: String
    /// Exactly one where the entry has no legs: the transaction is tied to it all the same.
    package let exports: [NewExport]
    /// The place of its file among the files of the source; nil for one that came in no file.
    package var file: Int?
    /// What it tells of its store and day; nil for a source that stands beside others.
    package var cover: DayCover?
    /// Whether a person has decided that it is taken although something else tells of its day.
    package var mayOverlap = false

    package init(_ balanced: BalancedTransaction, content: String, exports: [NewExport]) {
        self.balanced = balanced
        self.content = content
        self.exports = exports
        cover = DayCover(balanced)
    }

    package var transaction: Transaction { balanced.transaction }
    package var entry: Entry { balanced.entry }
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
    /// Something else tells of its day; nothing was changed.
    case overlap(DayOverlap)
    /// The transaction is good, but nothing of the batch was recorded.
    case notTaken
}
