// SPDX-License-Identifier: Apache-2.0

/// Written forms of a moment, without a formatter, because every answer needs them.
extension Instant {
    private var parts: (year: Int, month: Int, day: Int, weekday: Int, hour: Int, minute: Int, second: Int) {
        let total = microseconds / 1_000_000 - (microseconds % 1_000_000 < 0 ? 1 : 0)
        let days = total / 86_400 - (total % 86_400 < 0 ? 1 : 0)
        let rest = Int(total - days * 86_400)
        // Days to a civil date, as Howard Hinnant's "chrono-compatible low-level date algorithms" derive it.
        let shifted = days + 719_468
        let era = (shifted >= 0 ? shifted : shifted - 146_096) / 146_097
        let dayOfEra = shifted - era * 146_097
        let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let marchMonth = (5 * dayOfYear + 2) / 153
        let month = marchMonth < 10 ? marchMonth + 3 : marchMonth - 9
        let year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0)
        let weekday = ((days + 4) % 7 + 7) % 7
        return (
            Int(year), Int(month), Int(dayOfYear - (153 * marchMonth + 2) / 5 + 1), Int(weekday),
            rest / 3600, rest / 60 % 60, rest % 60
        )
    }

    /// For JSON and XML, in UTC: `2026-11-22T12:00:00.123Z`.
    var iso8601: String {
        let at = parts
        let milliseconds = Int((microseconds % 1_000_000 + 1_000_000) % 1_000_000 / 1000)
        let date = "\(at.year)-\(two(at.month))-\(two(at.day))"
        return "\(date)T\(two(at.hour)):\(two(at.minute)):\(two(at.second)).\(three(milliseconds))Z"
    }

    /// For the Date header: `Sun, 22 Nov 2026 12:00:00 GMT`.
    var httpDate: String {
        let at = parts
        let day = "\(Self.weekdays[at.weekday]), \(two(at.day)) \(Self.months[at.month - 1]) \(at.year)"
        return "\(day) \(two(at.hour)):\(two(at.minute)):\(two(at.second)) GMT"
    }

    private static let weekdays = ["Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"]
    private static let months = [
        "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
    ]
}

private func two(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }
private func three(_ number: Int) -> String { number < 10 ? "00\(number)" : number < 100 ? "0\(number)" : "\(number)" }
