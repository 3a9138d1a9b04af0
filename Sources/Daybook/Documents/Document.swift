// SPDX-License-Identifier: Apache-2.0

/// A document whose accounts and other references were found in QuickBooks: ready to be put in an envelope.
package enum Document: Sendable, Equatable {
    case journalEntry(JournalEntryDocument)

    /// How many lines it has, by which an envelope is filled.
    package var lineCount: Int {
        switch self {
        case .journalEntry(let entry): entry.lines.count
        }
    }
}
