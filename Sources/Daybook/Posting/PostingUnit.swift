// SPDX-License-Identifier: Apache-2.0

/// What an export delivers: its entry lines and what the document says of itself.
package struct PostingUnit: Sendable, Equatable {
    package let export: Export
    package let lines: [EntryLine]
    /// Plain words for the PrivateNote, after the marker.
    package let note: String

    package init(export: Export, lines: [EntryLine], note: String) {
        self.export = export
        self.lines = lines
        self.note = note
    }
}

/// A unit whose accounts, classes and locations have been found: ready to be put in an envelope.
package struct ResolvedUnit: Sendable, Equatable {
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

    package let export: Export
    package let lines: [Line]
    package let note: String

    package init(export: Export, lines: [Line], note: String) {
        self.export = export
        self.lines = lines
        self.note = note
    }
}
