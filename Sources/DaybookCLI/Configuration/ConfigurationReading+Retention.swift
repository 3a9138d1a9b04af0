// SPDX-License-Identifier: Apache-2.0
import Configuration
import Daybook

extension ConfigurationReading {
    /// How long details are kept; nil: for ever.
    mutating func retention() -> Duration? {
        switch text("retentionDays") {
        case nil: return .seconds(86_400 * Retention.usualDays)
        case "forever": return nil
        case let given?:
            guard let days = Int(given), (1...36_500).contains(days) else {
                note("DAYBOOK_RETENTION_DAYS", given, "write whole days, 1 to 36500, or forever", "90")
                return nil
            }
            return .seconds(86_400 * days)
        }
    }

    /// After how many years without a transaction a customer is anonymized; nil: never.
    mutating func customersYears() -> Int? {
        switch text("customersYears") {
        case nil, "never": return nil
        case let given?:
            guard let years = Int(given), (1...100).contains(years) else {
                note("DAYBOOK_CUSTOMERS_YEARS", given, "write whole years, 1 to 100, or never", "10")
                return nil
            }
            return years
        }
    }
}
