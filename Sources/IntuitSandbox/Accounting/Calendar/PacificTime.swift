// SPDX-License-Identifier: Apache-2.0
import Foundation

/// The wall clock of Intuit's servers.
///
/// Stamps and default dates are Pacific, with the offset written out.
struct PacificTime: Sendable {
    private let epochMilliseconds: Int
    private let offsetSeconds: Int

    init(_ date: Date) {
        epochMilliseconds = Int((date.timeIntervalSince1970 * 1_000).rounded(.down))
        offsetSeconds = Self.offset(atEpochSecond: Self.floor(epochMilliseconds, by: 1_000))
    }

    /// The date there.
    var day: CalendarDay { CalendarDay(number: Self.floor(localSeconds, by: 86_400)) }

    /// `2026-11-22T07:05:09-08:00`, as in MetaData.
    var stamp: String { "\(day.text)T\(clock)\(offset)" }

    /// `2026-11-22T07:05:09.120-08:00`, as in the `time` of an answer.
    var stampWithMilliseconds: String {
        let milliseconds = epochMilliseconds - Self.floor(epochMilliseconds, by: 1_000) * 1_000
        return "\(day.text)T\(clock).\(CalendarDay.padded(milliseconds, 3))\(offset)"
    }

    /// Epoch seconds of a date-time literal such as `2026-01-31T00:00:00-08:00`.
    ///
    /// Fractions of a second are cut off, because stamps are to the second; without a zone the time is Pacific; without
    /// a time it is midnight.
    static func epochSecond(parsing text: String) -> Int? {
        guard let day = CalendarDay(parsing: text) else { return nil }
        var rest = Substring(text.dropFirst(10))
        var seconds = day.number * 86_400
        if rest.first == "T" {
            rest = rest.dropFirst()
            guard let time = clockSeconds(&rest) else { return nil }
            seconds += time
        }
        if rest.isEmpty { return seconds - offset(atLocalSecond: seconds) }
        guard let zone = zoneSeconds(rest) else { return nil }
        return seconds - zone
    }

    // MARK: Parts

    private var localSeconds: Int { Self.floor(epochMilliseconds, by: 1_000) + offsetSeconds }

    private var clock: String {
        let second = localSeconds - day.number * 86_400
        return [second / 3_600, second / 60 % 60, second % 60].map { CalendarDay.padded($0, 2) }.joined(separator: ":")
    }

    private var offset: String { offsetSeconds == -25_200 ? "-07:00" : "-08:00" }

    /// United States rule since 2007: summer time from the second Sunday in March, 2:00, to the first Sunday in
    /// November, 2:00 on the wall.
    private static func offset(atEpochSecond second: Int) -> Int {
        let year = CalendarDay(number: floor(second - 28_800, by: 86_400)).civil.year
        let begins = sunday(2, year: year, month: 3).number * 86_400 + 10 * 3_600
        let ends = sunday(1, year: year, month: 11).number * 86_400 + 9 * 3_600
        return second >= begins && second < ends ? -25_200 : -28_800
    }

    private static func offset(atLocalSecond second: Int) -> Int {
        offset(atEpochSecond: second + 28_800)
    }

    private static func sunday(_ count: Int, year: Int, month: Int) -> CalendarDay {
        let first = CalendarDay(year: year, month: month, day: 1)
        return CalendarDay(number: first.number + (7 - first.weekday) % 7 + 7 * (count - 1))
    }

    private static func clockSeconds(_ rest: inout Substring) -> Int? {
        let clock = rest.prefix { $0.isNumber || $0 == ":" }
        let parts = clock.split(separator: ":", omittingEmptySubsequences: false).map { Int($0) ?? -1 }
        guard (2...3).contains(parts.count), (0...23).contains(parts[0]), (0...59).contains(parts[1]),
            (0...59).contains(parts.count == 3 ? parts[2] : 0)
        else { return nil }
        rest = rest.dropFirst(clock.count)
        if rest.first == "." { rest = rest.dropFirst().drop(while: \.isNumber) }
        return parts[0] * 3_600 + parts[1] * 60 + (parts.count == 3 ? parts[2] : 0)
    }

    private static func zoneSeconds(_ text: Substring) -> Int? {
        if text == "Z" { return 0 }
        let digits = text.dropFirst().filter { $0 != ":" }
        guard let sign = text.first, sign == "+" || sign == "-", digits.count == 4,
            let hours = Int(digits.prefix(2)), let minutes = Int(digits.suffix(2)), hours < 15, minutes < 60
        else { return nil }
        return (sign == "-" ? -1 : 1) * (hours * 3_600 + minutes * 60)
    }

    private static func floor(_ value: Int, by divisor: Int) -> Int {
        value >= 0 ? value / divisor : -((-value + divisor - 1) / divisor)
    }
}
