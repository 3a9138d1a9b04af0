// SPDX-License-Identifier: Apache-2.0
import Daybook

extension FilePreview {
    /// Money by account, and the days, as a dry run shows them; empty where nothing can be taken.
    var lines: [String] {
        guard transactions > 0 else { return [] }
        return ["Money by account (debit, credit):"] + accountLines + ["By day and store:"] + dayLines
    }

    private var accountLines: [String] {
        let rows = accountTotals.map { total in
            [total.account, Self.amount(total.debits, total.currency), Self.amount(total.credits, total.currency)]
        }
        let widths = (0..<3).map { column in rows.map { $0[column].count }.max() ?? 0 }
        return rows.map { row in
            let name = row[0] + Self.space(widths[0] - row[0].count)
            let amounts = (1...2).map { Self.space(widths[$0] - row[$0].count) + row[$0] }
            return "  \(name)  \(amounts.joined(separator: "  "))"
        }
    }

    private var dayLines: [String] {
        let days = dayTotals
        let shown = days.prefix(Self.mostShown).map { "  \($0.date)  store \($0.store)  \($0.transactions)" }
        return shown + (days.count > shown.count ? ["  … and \(days.count - shown.count) more"] : [])
    }

    private static func amount(_ minorUnits: Int64, _ currency: Currency) -> String {
        minorUnits == 0 ? "" : "\(Money(minorUnits: minorUnits, currency: currency))"
    }

    private static func space(_ count: Int) -> String { String(repeating: " ", count: count) }
}
