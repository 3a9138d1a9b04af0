// SPDX-License-Identifier: Apache-2.0
import Daybook
import Foundation

/// Times and amounts as pages show them: the same for every reader, so that a print can be compared.
struct ShownText: Sendable {
    let calendar: Calendar

    init(timeZone: TimeZone) {
        var calendar = Calendar(identifier: .gregorian)
        calendar.timeZone = timeZone
        self.calendar = calendar
    }

    /// `2026-11-22 14:05`.
    func time(_ date: Date) -> String {
        let parts = calendar.dateComponents([.hour, .minute], from: date)
        return "\(day(date)) \(two(parts.hour)):\(two(parts.minute))"
    }

    /// `2026-11-22`.
    func day(_ date: Date) -> String {
        let parts = calendar.dateComponents([.year, .month, .day], from: date)
        return "\(parts.year ?? 0)-\(two(parts.month))-\(two(parts.day))"
    }

    /// `1,250.00`, with the currency only when it is not the dollar.
    static func amount(_ money: Money) -> String {
        let text = money.text
        let sign = text.hasPrefix("-") ? "-" : ""
        let parts = text.dropFirst(sign.count).split(separator: ".")
        let decimals = parts.count == 2 ? "." + parts[1] : ""
        return sign + grouped(parts.first ?? "") + decimals
            + (money.currency == .usd ? "" : " \(money.currency.code)")
    }

    /// `986,974`.
    static func number(_ number: Int) -> String { grouped(Substring(String(number))) }

    private static func grouped(_ digits: Substring) -> String {
        var grouped = ""
        for (index, digit) in digits.enumerated() {
            if index > 0, (digits.count - index).isMultiple(of: 3) { grouped.append(",") }
            grouped.append(digit)
        }
        return grouped
    }

    private func two(_ number: Int?) -> String {
        let number = number ?? 0
        return number < 10 ? "0\(number)" : "\(number)"
    }
}

/// `1 export`, `12 exports`.
func counted(_ number: Int, _ one: String, _ many: String? = nil) -> String {
    "\(number) \(number == 1 ? one : many ?? one + "s")"
}
