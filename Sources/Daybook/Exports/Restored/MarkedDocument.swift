// SPDX-License-Identifier: Apache-2.0
package import Foundation

/// A document in QuickBooks whose note begins with a marker of Daybook's.
package struct MarkedDocument: Hashable, Sendable {
    package let exportID: Export.ID
    package let documentID: String
    package let number: String

    package init(exportID: Export.ID, documentID: String, number: String) {
        self.exportID = exportID
        self.documentID = documentID
        self.number = number
    }
}

/// The question for marked documents: what was created between two moments, by QuickBooks' clock.
package struct SurveySpan: Sendable, Equatable {
    package let from: Date
    package let through: Date

    package init(from: Date, through: Date) {
        self.from = from
        self.through = through
    }
}

/// One page of the answer.
package struct SurveyPage: Sendable, Equatable {
    package let documents: [MarkedDocument]
    /// Where the next page begins, from 1; nil after the last one.
    package let next: Int?

    package init(documents: [MarkedDocument], next: Int?) {
        self.documents = documents
        self.next = next
    }
}
