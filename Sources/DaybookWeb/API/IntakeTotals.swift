// SPDX-License-Identifier: Apache-2.0
package import Daybook

/// What transactions that were not taken yet come to.
package struct IntakeTotals: Encodable, Sendable {
    package struct AccountTotal: Encodable, Sendable {
        /// A role's name, with the tender, the tax or the category that it is for; an account's number; or a name of the
        /// file.
        package let account: String
        package let currency: String
        package let debits: String
        package let credits: String
    }

    package struct DayTotal: Encodable, Sendable {
        package let store: Int
        package let date: String
        package let transactions: Int
    }

    /// Without those that have mistakes.
    package let transactions: Int
    /// By name.
    package let accounts: [AccountTotal]
    /// By day and store.
    package let days: [DayTotal]

    package init(_ preview: FilePreview) {
        transactions = preview.transactions
        accounts = preview.accountTotals.map { total in
            AccountTotal(
                account: total.account, currency: total.currency.code,
                debits: Money(minorUnits: total.debits, currency: total.currency).text,
                credits: Money(minorUnits: total.credits, currency: total.currency).text)
        }
        days = preview.dayTotals.map {
            DayTotal(store: $0.store.value, date: $0.date.text, transactions: $0.transactions)
        }
    }
}
