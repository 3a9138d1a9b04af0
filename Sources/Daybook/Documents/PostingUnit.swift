// SPDX-License-Identifier: Apache-2.0

/// What an export delivers: its legs, the operation and the document's note.
package struct PostingUnit: Sendable, Equatable {
    package let export: Export
    /// Create, or an operation on an existing document.
    package let operation: DocumentOperation
    package let legs: [Leg]
    /// Plain words for the PrivateNote, after the marker.
    package let note: String

    package init(export: Export, operation: DocumentOperation, legs: [Leg], note: String) {
        self.export = export
        self.operation = operation
        self.legs = legs
        self.note = note
    }

    /// What the document shows of the legs.
    package var lines: [EntryLine] { legs.lines }
}

/// A unit whose document is ready to be put in an envelope.
package struct ResolvedUnit: Sendable, Equatable {
    package let export: Export
    package let operation: DocumentOperation
    package let document: Document
    package let note: String

    package init(export: Export, operation: DocumentOperation, document: Document, note: String) {
        self.export = export
        self.operation = operation
        self.document = document
        self.note = note
    }
}
