// SPDX-License-Identifier: Apache-2.0
import Daybook

/// The roles that get an account at once: the usual number, or what the company's chart suggests.
struct NumbersFilling {
    private(set) var books: BooksSettings
    /// Accounts that no number leads to.
    private(set) var chosen: [Connection.ID: [AccountNumbers.Slot: AccountChart.Row?]] = [:]
    private(set) var filled = 0
    /// Roles for which the chart has nothing to suggest.
    private var lacking = 0

    init(_ books: BooksSettings) { self.books = books }

    mutating func fill(_ slots: [AccountNumbers.Slot], _ accounts: CompanyAccounts, of company: Connection.ID) {
        for slot in slots where books.numbers[slot.store, slot.role] == nil && accounts.kept[slot] == nil {
            fill(slot, accounts, of: company)
        }
    }

    private mutating func fill(_ slot: AccountNumbers.Slot, _ accounts: CompanyAccounts, of company: Connection.ID) {
        guard let chart = accounts.chart else {
            books.numbers[slot.store, slot.role] = AccountNumbers.standardRental.numbers[slot]
            filled += 1
            return
        }
        guard let row = chart.suggestion(for: slot)?.row else {
            lacking += 1
            return
        }
        if let number = row.number, chart.only(number) == row {
            books.numbers[slot.store, slot.role] = number
        } else {
            chosen[company, default: [:]][slot] = row
        }
        filled += 1
    }

    var words: String {
        let left =
            lacking == 0 ? "" : " \(counted(lacking, "role")) stay empty: your chart suggests no account for them."
        if filled > 0 {
            return
                "\(counted(filled, "number")) filled in. Compare them with your chart of accounts in QuickBooks.\(left)"
        }
        return lacking == 0 ? "Nothing was filled in: every number is set already." : "Nothing was filled in.\(left)"
    }
}
