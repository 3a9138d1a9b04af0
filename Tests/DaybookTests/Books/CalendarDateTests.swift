// SPDX-License-Identifier: Apache-2.0
import Testing

@testable import Daybook

@Suite("Calendar date")
struct CalendarDateTests {
    @Test("Every day from 1900 to 2200 follows the one before and survives text and day count")
    func everyDay() {
        var date = day("1900-01-01")
        let end = day("2200-12-31")
        var steps = 0
        while date < end {
            let next = date.advanced(byDays: 1)
            guard next > date, next.daysSinceEpoch == date.daysSinceEpoch + 1, CalendarDate(text: next.text) == next,
                CalendarDate(daysSinceEpoch: next.daysSinceEpoch) == next, next.advanced(byDays: -1) == date
            else {
                Issue.record("\(date) is followed by \(next)")
                return
            }
            date = next
            steps += 1
        }
        #expect(steps == 109_937)
    }

    @Test("The epoch and a leap day are where they belong")
    func anchors() {
        #expect(day("1970-01-01").daysSinceEpoch == 0)
        #expect(day("2000-02-29").daysSinceEpoch == 11_016)
        #expect(day("2024-02-28").advanced(byDays: 1) == day("2024-02-29"))
        #expect(Weekday(day("2026-11-16")) == .monday)
        #expect(Weekday(day("1969-12-28")) == .sunday)
    }

    @Test(
        "What is no day, or not written as one, is refused",
        arguments: [
            "", "2026-02-29", "2100-02-29", "2026-13-01", "2026-00-10", "2026-04-31", "2026-1-1", "26-01-01",
            "2026/01/01", "11-16-2026", "2026-11-16T00:00", " 2026-11-16", "1899-12-31", "2026-11-1６", "-026-01-01",
        ])
    func refuses(text: String) {
        #expect(CalendarDate(text: text) == nil)
    }
}
