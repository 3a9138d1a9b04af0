// SPDX-License-Identifier: Apache-2.0

/// The dates that are taken without a question: ten years back to a year ahead.
///
/// A slip in the year would put an entry where nobody looks for it.
package struct UsualDates {
    /// How programs and commands confirm a date; pages have a button.
    package static let option = " with --far-dates (in the API farDates=true)"

    private let earliest: CalendarDate
    private let latest: CalendarDate

    init(around today: CalendarDate) {
        earliest = today.advanced(byDays: -3_653)
        latest = today.advanced(byDays: 366)
    }

    /// The row, refused if its date is far from today.
    func checked(_ row: IntakeFile.Row) -> IntakeFile.Row {
        guard case .success(let balanced) = row.result else { return row }
        let date = balanced.transaction.date
        guard date < earliest || date > latest else { return row }
        let place = date < earliest ? "more than ten years back" : "more than a year ahead"
        return row.refused(
            field: "date", value: date.text,
            remedy: "it is \(place); correct it, or if it is right, confirm it\(Self.option)")
    }
}
