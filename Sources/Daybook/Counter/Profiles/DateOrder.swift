// SPDX-License-Identifier: Apache-2.0

/// In which order a table writes the parts of its dates.
package enum DateOrder: String, Codable, Sendable, CaseIterable {
    /// 2026-11-16, 2026/11/16, 20261116
    case yearFirst = "year-first"
    /// 11/16/2026, 11-16-26
    case monthFirst = "month-first"
    /// 16.11.2026, 16/11/26
    case dayFirst = "day-first"

    /// The day that a text names; nil where it names none.
    ///
    /// A time behind it is left out, and a year of two digits is
    /// one of this century.
    func date(_ text: some StringProtocol) -> CalendarDate? {
        guard let parts = DateParts(text) else { return nil }
        let (first, second, third) = (parts.numbers[0], parts.numbers[1], parts.numbers[2])
        // A year of four digits tells that it comes first, whatever the table does elsewhere.
        if parts.lengths[0] == 4 { return CalendarDate(year: first, month: second, day: third) }
        if self == .yearFirst {
            guard parts.lengths[0] == 2, parts.lengths[2] < 3 else { return nil }
            return CalendarDate(year: 2_000 + first, month: second, day: third)
        }
        guard parts.lengths[2] == 4 || parts.lengths[2] == 2 else { return nil }
        let year = parts.lengths[2] == 4 ? third : 2_000 + third
        return self == .monthFirst
            ? CalendarDate(year: year, month: first, day: second) : CalendarDate(year: year, month: second, day: first)
    }

    /// Whether a text begins with a year of four digits, so that every order gives the same day.
    static func isPlain(_ text: some StringProtocol) -> Bool { text.prefix { $0.isNumber }.count >= 4 }

    /// The orders in which a text is a day.
    static func possible(_ text: some StringProtocol) -> Set<DateOrder> {
        Set(allCases.filter { $0.date(text) != nil })
    }
}

/// The three numbers of a date.
private struct DateParts {
    let numbers: [Int]
    let lengths: [Int]

    init?(_ text: some StringProtocol) {
        // A time stands behind a space or a T: 2026-11-16T08:30:00.
        let day = text.prefix { $0 != " " && $0 != "T" }
        let rest = text.dropFirst(day.count)
        guard rest.isEmpty || rest.contains(":") else { return nil }
        var parts = day.split(omittingEmptySubsequences: false) { $0 == "-" || $0 == "/" || $0 == "." }.map {
            String($0)
        }
        if parts.count == 1, day.utf8.count == 8 {
            let digits = String(day)
            parts = [String(digits.prefix(4)), String(digits.dropFirst(4).prefix(2)), String(digits.suffix(2))]
        }
        guard parts.count == 3, parts.allSatisfy({ (1...4).contains($0.utf8.count) }),
            parts.allSatisfy({ $0.utf8.allSatisfy { (48...57).contains($0) } })
        else { return nil }
        numbers = parts.compactMap { Int($0) }
        lengths = parts.map(\.utf8.count)
    }
}
