// SPDX-License-Identifier: Apache-2.0
import Foundation

/// Dates in e-mails, always in UTC and in English, whatever the machine's own language.
enum MailDate {
    /// RFC 5322's `Mon, 23 Nov 2026 09:05:00 +0000`.
    static func text(_ date: Date) -> String {
        let parts = Parts(date)
        return "\(parts.weekday), \(parts.day) \(parts.month) \(parts.year) \(parts.time) +0000"
    }

    /// For the text of the e-mail: `23 Nov 2026 09:05:00 UTC`.
    static func plain(_ date: Date) -> String {
        let parts = Parts(date)
        return "\(parts.day) \(parts.month) \(parts.year) \(parts.time) UTC"
    }

    private struct Parts {
        let weekday: String
        let day: Int
        let month: String
        let year: Int
        let time: String

        init(_ date: Date) {
            var calendar = Calendar(identifier: .gregorian)
            calendar.timeZone = .gmt
            let found = calendar.dateComponents([.weekday, .day, .month, .year, .hour, .minute, .second], from: date)
            weekday = Self.weekdays[(found.weekday ?? 1) - 1]
            day = found.day ?? 1
            month = Self.months[(found.month ?? 1) - 1]
            year = found.year ?? 1970
            time = [found.hour, found.minute, found.second].map { Self.twoDigits($0 ?? 0) }.joined(separator: ":")
        }

        private static let weekdays = ["Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"]
        private static let months = [
            "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
        ]

        private static func twoDigits(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }
    }
}
