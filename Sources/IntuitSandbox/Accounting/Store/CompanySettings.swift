// SPDX-License-Identifier: Apache-2.0

/// What the Preferences mean for a write, read out once when they change.
struct CompanySettings: Sendable {
    /// The last day of the closed period, if the books were ever closed.
    let closedUntil: CalendarDay?
    /// Whether a journal number that is in use is refused.
    let warnsOfDuplicateJournalNumbers: Bool
    let showsAccountNumbers: Bool
    /// False when a transaction number left out is to be given by QBO.
    let usesCustomNumbers: Bool
    let tracksClasses: Bool
    let tracksDepartments: Bool
    let reportBasis: String

    init(preferences: JSONValue) {
        let accounting = preferences["AccountingInfoPrefs"]
        closedUntil = accounting?["BookCloseDate"]?.text.flatMap { CalendarDay(parsing: $0) }
        showsAccountNumbers = accounting?["UseAccountNumbers"]?.boolean ?? false
        tracksClasses = accounting?["ClassTrackingPerTxnLine"]?.boolean ?? false
        tracksDepartments = accounting?["TrackDepartments"]?.boolean ?? false
        usesCustomNumbers = preferences["SalesFormsPrefs"]?["CustomTxnNumbers"]?.boolean ?? false
        reportBasis = preferences["ReportPrefs"]?["ReportBasis"]?.text ?? "Accrual"
        let others = preferences["OtherPrefs"]?["NameValue"]?.items ?? []
        let warns = others.first { $0["Name"]?.text == "WarnDuplicateJournalNumber" }
        warnsOfDuplicateJournalNumbers = warns?["Value"]?.text == "true"
    }
}
