// SPDX-License-Identifier: Apache-2.0
import Foundation
import Testing

@testable import IntuitSandbox

@Suite("Days and Pacific time")
struct CalendarTests {
    @Test(
        "stamps carry the Pacific offset of their season",
        arguments: [
            (1_781_539_200, "2026-06-15T09:00:00-07:00"), (1_767_225_600, "2025-12-31T16:00:00-08:00"),
            // The hours around both changes of 2026: March 8 and November 1, 2:00.
            (1_772_963_999, "2026-03-08T01:59:59-08:00"), (1_772_964_000, "2026-03-08T03:00:00-07:00"),
            (1_793_523_599, "2026-11-01T01:59:59-07:00"), (1_793_523_600, "2026-11-01T01:00:00-08:00"),
            (0, "1969-12-31T16:00:00-08:00"),
        ])
    func stamps(second: Int, text: String) {
        #expect(PacificTime(Date(timeIntervalSince1970: TimeInterval(second))).stamp == text)
        #expect(PacificTime.epochSecond(parsing: text) == second)
    }

    @Test("milliseconds are cut, not rounded")
    func milliseconds() {
        let time = PacificTime(Date(timeIntervalSince1970: 1_781_539_200.25))
        #expect(time.stampWithMilliseconds == "2026-06-15T09:00:00.250-07:00")
    }

    @Test("date-times are read in any zone, and as Pacific without one")
    func reading() {
        #expect(PacificTime.epochSecond(parsing: "2026-06-15T16:00:00Z") == 1_781_539_200)
        #expect(PacificTime.epochSecond(parsing: "2026-06-15T18:00:00.999+02:00") == 1_781_539_200)
        #expect(PacificTime.epochSecond(parsing: "2026-06-15T09:00:00") == 1_781_539_200)
        #expect(PacificTime.epochSecond(parsing: "2026-06-15") == 1_781_539_200 - 9 * 3_600)
        for bad in ["2026-06-15T25:00:00Z", "2026-13-01", "yesterday", "2026-06-15T09:00:00+9", "2026-02-29"] {
            #expect(PacificTime.epochSecond(parsing: bad) == nil)
        }
    }

    @Test("every day of four centuries comes back from its text")
    func days() {
        for number in stride(from: -80_000, to: 80_000, by: 7) {
            let day = CalendarDay(number: number)
            #expect(CalendarDay(parsing: day.text) == day)
        }
        #expect(CalendarDay(year: 2026, month: 11, day: 22).weekday == 0)
    }
}
