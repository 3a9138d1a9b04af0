// SPDX-License-Identifier: Apache-2.0

/// The days a report covers, from `start_date` and `end_date` or a `date_macro`.
struct ReportPeriod: Sendable, Equatable {
    let start: CalendarDay
    let end: CalendarDay
    /// The macro by which the period was named, if it was.
    let macro: String?

    init(_ query: [String: String], today: CalendarDay) throws(Fault) {
        let start = try Self.day("start_date", query)
        let end = try Self.day("end_date", query)
        let named = start == nil && end == nil
        let macro = named ? query["date_macro"] ?? "This Month-to-date" : nil
        let period = try Self.period(macro ?? "This Month-to-date", today: today)
        self.macro = macro
        self.end = end ?? period.end
        self.start = start ?? min(period.start, self.end)
        if self.start > self.end {
            throw Fault(
                code: "2190", message: "Invalid date range", detail: "start_date is after end_date",
                element: "start_date")
        }
    }

    private static func day(_ name: String, _ query: [String: String]) throws(Fault) -> CalendarDay? {
        guard let text = query[name], !text.isEmpty else { return nil }
        guard text.utf8.count == 10 else { throw .dateFormat(name) }
        guard let day = CalendarDay(parsing: text) else { throw .dateValue(name) }
        return day
    }

    private static func period(_ macro: String, today: CalendarDay) throws(Fault) -> (
        start: CalendarDay, end: CalendarDay
    ) {
        let (year, month, _) = today.civil
        let monthStart = CalendarDay(year: year, month: month, day: 1)
        let yearStart = CalendarDay(year: year, month: 1, day: 1)
        switch macro.lowercased() {
        case "today": return (today, today)
        case "yesterday":
            let yesterday = CalendarDay(number: today.number - 1)
            return (yesterday, yesterday)
        case "this month-to-date": return (monthStart, today)
        case "this month":
            let next = CalendarDay(year: month == 12 ? year + 1 : year, month: month == 12 ? 1 : month + 1, day: 1)
            return (monthStart, CalendarDay(number: next.number - 1))
        case "last month":
            let end = CalendarDay(number: monthStart.number - 1)
            return (CalendarDay(year: end.civil.year, month: end.civil.month, day: 1), end)
        case "this fiscal year-to-date", "this year-to-date": return (yearStart, today)
        case "this fiscal year", "this year": return (yearStart, CalendarDay(year: year, month: 12, day: 31))
        case "last fiscal year", "last year":
            return (
                CalendarDay(year: year - 1, month: 1, day: 1), CalendarDay(year: year - 1, month: 12, day: 31)
            )
        default:
            let known = ["Today", "Yesterday", "This Month", "This Month-to-date", "Last Month", "This Fiscal Year"]
            throw .enumeration("date_macro", value: macro, allowed: known)
        }
    }
}
