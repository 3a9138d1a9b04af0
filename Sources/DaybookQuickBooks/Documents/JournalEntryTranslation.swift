// SPDX-License-Identifier: Apache-2.0
import Daybook
import Foundation
import QuickBooks

/// Makes QuickBooks' JournalEntry of a resolved unit, with its exact amounts.
///
/// Pure.
enum JournalEntryTranslation {
    /// QuickBooks accepts 4,000 characters in a PrivateNote and in a line's description.
    private static let longestText = 4_000

    static func journalEntry(
        for unit: ResolvedUnit, _ document: JournalEntryDocument, requestID: String
    ) -> JournalEntry {
        let export = unit.export
        let target = unit.operation.target
        let note = "\(export.id.marker(in: requestID)) \(unit.note)"
        return JournalEntry(
            id: target?.documentID, syncToken: target?.syncToken, docNumber: export.documentNumber.text,
            txnDate: LedgerDate(export.date),
            privateNote: cut(note), currencyRef: document.currency.map { Reference($0) },
            lines: document.lines.map(line))
    }

    /// A cent from one account to another, marked as ours.
    static func journalEntry(for trial: TrialEntry) -> JournalEntry {
        func line(_ side: PostingType, _ account: String) -> QuickBooks.JournalLine {
            QuickBooks.JournalLine(
                side, trial.amount.decimal, account: Reference(account), description: "Daybook tests the connection")
        }
        return JournalEntry(
            docNumber: trial.documentNumber, txnDate: LedgerDate(trial.date),
            privateNote: "\(trial.id.marker) Test of the connection; deleted at once.",
            currencyRef: trial.currency.map { Reference($0) },
            lines: [line(.debit, trial.debitAccountID), line(.credit, trial.creditAccountID)])
    }

    private static func line(_ line: JournalEntryDocument.Line) -> QuickBooks.JournalLine {
        QuickBooks.JournalLine(
            line.side == .debit ? .debit : .credit, line.amount.decimal, account: Reference(line.accountID),
            classRef: line.classID.map { Reference($0) }, departmentRef: line.departmentID.map { Reference($0) },
            description: cut(line.text))
    }

    private static func cut(_ text: String) -> String {
        // Nothing has more characters than bytes, and characters take long to count.
        text.utf8.count <= longestText ? text : String(text.prefix(longestText))
    }
}

extension LedgerDate {
    init?(_ date: CalendarDate) { self.init(year: date.year, month: date.month, day: date.day) }
}

extension CalendarDate {
    init?(_ date: LedgerDate) { self.init(year: date.year, month: date.month, day: date.day) }
}
