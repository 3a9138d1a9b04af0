// SPDX-License-Identifier: Apache-2.0

/// The kind of document that an export makes in QuickBooks.
package enum DocumentKind: String, Sendable, CaseIterable {
    case journalEntry = "journal-entry"

    /// How documents of this kind are made and recognized: the only `switch` on the kind in the core.
    var rules: any DocumentRules {
        switch self {
        case .journalEntry: JournalEntryRules()
        }
    }

    /// Asks whether QuickBooks can do this with a document of this kind.
    ///
    /// - Throws: ``OperationRefused`` when it can't.
    package func check(_ operation: DocumentOperation.Name) throws(OperationRefused) {
        guard let instead = rules.insteadOf(operation) else { return }
        throw OperationRefused(kind: self, operation: operation, instead: instead)
    }

    /// The name in the middle of a sentence: "journal entry".
    var title: String { rules.title }
    var pluralTitle: String { rules.pluralTitle }

    /// The name at the beginning of a sentence: "Journal entry".
    var capitalTitle: String { title.prefix(1).uppercased() + title.dropFirst() }
}

/// The ways in which kinds of documents differ.
protocol DocumentRules: Sendable {
    var title: String { get }
    var pluralTitle: String { get }

    /// What takes the place of an operation that QuickBooks doesn't have for them, as the end of a sentence.
    ///
    /// Nil for one that it has.
    func insteadOf(_ operation: DocumentOperation.Name) -> String?

    /// Finds the accounts and other things that the document refers to.
    ///
    /// - Throws: ``AccountResolution/Blocked`` with the first problem that keeps it from being sent.
    func resolve(
        _ unit: PostingUnit, _ accounts: AccountResolution
    ) throws(AccountResolution.Blocked) -> Document

    /// Whether a document in QuickBooks is as the export sent it.
    ///
    /// Marker or number show whose document it is; before it is adopted, this must be true as well.
    func isAsSent(_ found: FoundDocument, _ export: Export) -> Bool
}
