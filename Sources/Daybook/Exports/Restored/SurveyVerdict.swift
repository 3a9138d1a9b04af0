// SPDX-License-Identifier: Apache-2.0

/// What a survey's documents show about the database.
///
/// It is pure.
package struct SurveyVerdict: Sendable, Equatable {
    /// Documents of exports that the database does not have.
    package let strangers: [MarkedDocument]
    /// The documents, of strangers and of its own exports, that show that the database is a restored copy.
    package let evidence: [MarkedDocument]

    /// - Parameters:
    ///   - known: The exports of the documents' company, by id.
    ///   - noted: Ids of strangers that an earlier survey found; they are not reported again.
    ///   - stores: The stores that this database posts for. Another Daybook may post its own stores to the same
    ///     company; its documents are kept in mind, and are no sign of a restored copy.
    package init(
        _ documents: [MarkedDocument], known: [Export.ID: Export], noted: Set<Export.ID>, stores: Set<StoreNumber>
    ) {
        strangers = documents.filter { known[$0.exportID] == nil }
        let news = strangers.filter { !noted.contains($0.exportID) && Self.isOf(stores, $0) }
        let unsent = documents.filter { known[$0.exportID].map { Self.isBelievedUnsent($0.progress) } ?? false }
        evidence = news + unsent
    }

    /// A number that is not of Daybook's form was changed by a person, and may be of any store.
    private static func isOf(_ stores: Set<StoreNumber>, _ document: MarkedDocument) -> Bool {
        document.store.map(stores.contains) ?? true
    }

    /// Whether the database believes that the document is not in QuickBooks.
    ///
    /// An export that may have been sent is being looked up or is in QuickBooks; one that is Pending after a doubt was
    /// proven absent.
    static func isBelievedUnsent(_ progress: ExportProgress) -> Bool {
        switch progress.state {
        case .exporting, .checking, .exported, .error(.foreignDocument): false
        case .collecting, .pending, .onHold, .error, .excluded, .withdrawn, .nothingToPost: true
        }
    }
}
