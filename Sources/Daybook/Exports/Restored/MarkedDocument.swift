// SPDX-License-Identifier: Apache-2.0
package import Foundation

/// A document in QuickBooks whose note begins with a marker of Daybook's.
package struct MarkedDocument: Hashable, Sendable {
    package let kind: DocumentKind
    package let exportID: Export.ID
    package let documentID: String
    package let number: String
    /// When QuickBooks booked it, in this computer's time; nil where that is not known.
    package let createdAt: Date?

    package init(
        kind: DocumentKind, exportID: Export.ID, documentID: String, number: String, createdAt: Date? = nil
    ) {
        self.kind = kind
        self.exportID = exportID
        self.documentID = documentID
        self.number = number
        self.createdAt = createdAt
    }

    /// Nil for a document without a marker of Daybook's.
    init?(_ found: FoundDocument) {
        guard let export = Export.ID.marked(by: found.note) else { return nil }
        self.init(kind: found.kind, exportID: export, documentID: found.documentID, number: found.number)
    }

    /// The store in a document number of Daybook's form; nil for a number of another form, which a person gave.
    package var store: StoreNumber? {
        let parts = number.split(separator: "-")
        return parts.count >= 2 ? Int(parts[0]).flatMap { StoreNumber($0) } : nil
    }
}

/// A document of an export that this database knows under a connection to another company than the document's.
package struct DocumentElsewhere: Hashable, Sendable {
    package let document: MarkedDocument
    package let connection: Connection.ID
    package let companyName: String

    package init(document: MarkedDocument, connection: Connection.ID, companyName: String) {
        self.document = document
        self.connection = connection
        self.companyName = companyName
    }

    /// For the bookkeeper, about an export that waits for another company.
    ///
    /// Two companies may have one name, so their connections are named too. Realm IDs are not named, because the words
    /// are stored unsealed.
    func explanation(waitingFor own: Company, on connection: Connection.ID) -> String {
        """
        This transaction was posted to \(companyName) (connection \(self.connection.value)) before, as \
        \(document.kind.title) \(document.documentID), and waits for \(own.name) (connection \(connection.value)) \
        here. If it belongs to \(companyName), press Hold: it must not be posted again. If it belongs to \(own.name), \
        delete the \(document.kind.title) in \(companyName), then press Reset for export for this transaction alone.
        """
    }
}

/// One page of a survey's documents.
package struct SurveyPage: Sendable, Equatable {
    package let documents: [MarkedDocument]
    /// Where the next page begins, from 1; nil after the last one.
    package let next: Int?

    package init(documents: [MarkedDocument], next: Int?) {
        self.documents = documents
        self.next = next
    }
}
