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
