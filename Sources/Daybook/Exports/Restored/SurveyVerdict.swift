// SPDX-License-Identifier: Apache-2.0

/// What a survey's documents say of the database.
///
/// Pure.
package struct SurveyVerdict: Sendable, Equatable {
    /// Documents of exports that the database does not have.
    package let strangers: [MarkedDocument]
    /// Those among them and among its own exports that show the database to be behind.
    package let evidence: [MarkedDocument]

    /// - Parameters:
    ///   - known: The exports of the documents' company, by id.
    ///   - noted: Ids of strangers that an earlier survey found; what was said once is no news.
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

    /// A number that is not made as Daybook makes it was changed by a person: it may be of any store.
    private static func isOf(_ stores: Set<StoreNumber>, _ document: MarkedDocument) -> Bool {
        document.store.map(stores.contains) ?? true
    }

    /// What is known to be in doubt, or to be there, is no news.
    ///
    /// What is Pending after a doubt was proven absent.
    static func isBelievedUnsent(_ progress: ExportProgress) -> Bool {
        switch progress.state {
        case .exporting, .checking, .exported, .error(.foreignDocument): false
        case .collecting, .pending, .onHold, .error, .excluded, .withdrawn, .nothingToPost: true
        }
    }
}
