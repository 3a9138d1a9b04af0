// SPDX-License-Identifier: Apache-2.0

/// What a company says of itself.
package struct CompanyFacts: Sendable, Equatable {
    package let company: Company
    /// As Intuit spells it: TRIAL, SUBSCRIBED … may write; RESTRICTED, SUSPENDED, EXPIRED, CANCELLED only read.
    package let subscription: String?
    /// The plan, such as `QuickBooks Online Plus`.
    package let plan: String?

    package init(company: Company, subscription: String?, plan: String?) {
        self.company = company
        self.subscription = subscription
        self.plan = plan
    }

    /// False when Intuit says that the subscription only reads; nil when it says nothing we know.
    package var mayWrite: Bool? {
        switch subscription {
        case "TRIAL", "TRIALOPTIN", "SUBSCRIBED", "PAID": true
        case "RESTRICTED", "SUSPENDED", "EXPIRED", "CANCELLED": false
        default: nil
        }
    }
}

/// A balanced entry of a cent, to be written and deleted.
package struct TrialEntry: Sendable, Equatable {
    /// Its marker is that of an export that never is.
    package let id: Export.ID
    package let documentNumber: String
    package let date: CalendarDate
    package let amount: Money
    package let debitAccountID: String
    package let creditAccountID: String

    package init(
        id: Export.ID, documentNumber: String, date: CalendarDate, amount: Money, debitAccountID: String,
        creditAccountID: String
    ) {
        self.id = id
        self.documentNumber = documentNumber
        self.date = date
        self.amount = amount
        self.debitAccountID = debitAccountID
        self.creditAccountID = creditAccountID
    }
}

package enum TrialOutcome: Sendable, Equatable {
    case writtenAndDeleted
    /// Nothing was written, for a reason that would hold for an export too.
    case refused(Refusal)
    /// Nothing was written, because it came to no call.
    case notExecuted(NotExecuted)
    /// It stands in the books, or may: a person has to look.
    case leftBehind(documentID: String?, reason: String)
}
