// SPDX-License-Identifier: Apache-2.0
import Daybook
import Foundation
import QuickBooks

/// As much of a document in QuickBooks as tells whether it is ours.
protocol SoughtDocument: QuickBooksEntity {
    /// Nil for a document without an id.
    var found: FoundDocument? { get }

    /// Nil for a document without a marker of ours, and for the trial entry of Test connection.
    ///
    /// - Parameter ahead: How many seconds QuickBooks' clock is ahead of this computer's, in whose time it is told.
    func marked(ahead: TimeInterval) -> MarkedDocument?
}

extension DocumentKind {
    /// What a question for documents of this kind is answered with.
    var sought: any SoughtDocument.Type {
        switch self {
        case .journalEntry: SoughtJournalEntry.self
        }
    }

    /// QuickBooks' name of it.
    var entityName: String { sought.entityName }
}

extension QueryPage where Entity: SoughtDocument {
    /// The documents of a page from which absence may be concluded.
    ///
    /// Some have seen `maxResults` one off, so a difference of one proves nothing where there are documents.
    ///
    /// - Throws: ``PageIncomplete`` when QuickBooks says that it returned more than can be read, or a document has no id.
    func whole() throws(PageIncomplete) -> [Entity] {
        let told = maxResults ?? items.count
        let isShort = items.isEmpty ? told > 0 : told > items.count + 1
        guard !isShort, items.allSatisfy({ $0.id != nil }) else { throw PageIncomplete() }
        return items
    }
}

/// A page of documents of which some could not be read.
struct PageIncomplete: Error, CustomStringConvertible {
    var description: String { "QuickBooks' answer lacks some of the documents that it counts" }
}
