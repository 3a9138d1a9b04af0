// SPDX-License-Identifier: Apache-2.0
import Daybook
import Foundation
import QuickBooks

/// The fields of a document in QuickBooks that tell whether it is ours.
protocol SoughtDocument: QuickBooksEntity {
    /// Nil for a document without an id.
    var found: FoundDocument? { get }

    /// Nil for a document without a marker of ours, and for the trial entry of Test connection.
    ///
    /// - Parameter ahead: How many seconds QuickBooks' clock is ahead of this computer's; the result tells the creation
    ///   by this computer's clock.
    func marked(ahead: TimeInterval) -> MarkedDocument?
}

extension DocumentKind {
    /// The type that the answer to a query for documents of this kind is read as.
    var sought: any SoughtDocument.Type {
        switch self {
        case .journalEntry: SoughtJournalEntry.self
        }
    }

    /// QuickBooks' name of it.
    var entityName: String { sought.entityName }
}

extension QueryPage where Entity: SoughtDocument {
    /// The documents of a page that is complete, so that a document not on it is absent.
    ///
    /// `maxResults` has been seen to be one off, so a difference of one is no sign of a missing document.
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
