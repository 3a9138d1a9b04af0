// SPDX-License-Identifier: Apache-2.0

/// A journal entry with its accounts, classes and locations.
package struct JournalEntryDocument: Sendable, Equatable {
    package struct Line: Sendable, Equatable {
        package let accountID: String
        package let side: EntryLine.Side
        package let amount: Money
        package let text: String
        package let classID: String?
        package let departmentID: String?

        package init(
            accountID: String, side: EntryLine.Side, amount: Money, text: String, classID: String?,
            departmentID: String?
        ) {
            self.accountID = accountID
            self.side = side
            self.amount = amount
            self.text = text
            self.classID = classID
            self.departmentID = departmentID
        }
    }

    package let lines: [Line]
    /// Its currency's ISO 4217 code, in a company with several currencies; else nil.
    package let currency: String?

    package init(lines: [Line], currency: String? = nil) {
        self.lines = lines
        self.currency = currency
    }
}

struct JournalEntryRules: DocumentRules {
    var title: String { "journal entry" }
    var pluralTitle: String { "journal entries" }

    func insteadOf(_ operation: DocumentOperation.Name) -> String? {
        switch operation {
        case .create, .update, .delete: nil
        case .void: "delete it, or post another one that reverses it"
        }
    }

    func resolve(
        _ unit: PostingUnit, _ accounts: AccountResolution
    ) throws(AccountResolution.Blocked) -> Document {
        var lines: [JournalEntryDocument.Line] = []
        for line in unit.lines { lines.append(try accounts.resolve(line)) }
        return .journalEntry(JournalEntryDocument(lines: lines, currency: accounts.currencyOfDocuments))
    }

    /// Compares the date and the sum of the debits.
    func isAsSent(_ found: FoundDocument, _ export: Export) -> Bool {
        found.date == export.date && found.total == export.total.decimal
    }
}
