// SPDX-License-Identifier: Apache-2.0
import Foundation

/// The result of a demo.
struct DemoResult: Encodable, Sendable {
    let transactions: Int
    let exported: Int
    let errors: Int
    let duplicates: Int
    let missing: Int
    let trialBalanceDifference: Decimal
    let seconds: Double
    let administrator: DemoSignIn

    /// Whether all was posted exactly once and the books agree to the cent.
    var isPerfect: Bool {
        transactions > 0 && exported == transactions && errors == 0 && duplicates == 0 && missing == 0
            && trialBalanceDifference == 0
    }

    func json() throws -> String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        return String(decoding: try encoder.encode(self), as: UTF8.self)
    }

    var table: String {
        let rows: [(String, String)] = [
            ("Transactions from the counter", "\(transactions)"), ("Documents in QuickBooks Online", "\(exported)"),
            ("Errors", "\(errors)"), ("Duplicates", "\(duplicates)"), ("Missing", "\(missing)"),
            ("Trial balance difference", Self.twoDecimals(trialBalanceDifference)),
            ("Seconds", String(format: "%.1f", seconds)),
        ]
        let left = rows.map(\.0.count).max() ?? 0
        let right = rows.map(\.1.count).max() ?? 0
        let rule = "  " + String(repeating: "─", count: left + right + 3)
        let lines = rows.map { name, value in
            "  \(name)\(String(repeating: " ", count: left - name.count + 3 + right - value.count))\(value)"
        }
        return ([rule] + lines + [rule]).joined(separator: "\n")
    }

    private static func twoDecimals(_ amount: Decimal) -> String {
        var rounded = Decimal()
        var exact = amount
        NSDecimalRound(&rounded, &exact, 2, .plain)
        let text = "\(rounded)"
        let decimals = text.split(separator: ".").dropFirst().first?.count ?? 0
        return decimals == 0 ? "\(text).00" : text + String(repeating: "0", count: 2 - decimals)
    }
}
