// SPDX-License-Identifier: Apache-2.0

/// A company's name, subscription and plan.
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

    /// False when the subscription only allows reading; nil for a status that Daybook doesn't know.
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
    /// The id in its marker; no export has it.
    package let id: Export.ID
    package let documentNumber: String
    package let date: CalendarDate
    package let amount: Money
    package let debitAccountID: String
    package let creditAccountID: String
    /// Its ISO 4217 code, in a company with several currencies; else nil.
    package let currency: String?

    package init(
        id: Export.ID, documentNumber: String, date: CalendarDate, amount: Money, debitAccountID: String,
        creditAccountID: String, currency: String? = nil
    ) {
        self.id = id
        self.documentNumber = documentNumber
        self.date = date
        self.amount = amount
        self.debitAccountID = debitAccountID
        self.creditAccountID = creditAccountID
        self.currency = currency
    }
}

package enum TrialOutcome: Sendable, Equatable {
    case writtenAndDeleted
    /// Nothing was written, for a reason that would hold for an export too.
    case refused(Refusal)
    /// Nothing was written, because the call was not carried out.
    case notExecuted(NotExecuted)
    /// It is in the books, or may be: a person has to look.
    case leftBehind(documentID: String?, reason: String)
}
