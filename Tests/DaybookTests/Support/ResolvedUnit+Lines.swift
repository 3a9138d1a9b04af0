// SPDX-License-Identifier: Apache-2.0
import Daybook

extension ResolvedUnit {
    /// Of a journal entry.
    var lines: [JournalEntryDocument.Line] {
        switch document {
        case .journalEntry(let entry): entry.lines
        }
    }
}
