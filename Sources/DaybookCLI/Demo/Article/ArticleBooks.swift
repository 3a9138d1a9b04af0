// SPDX-License-Identifier: Apache-2.0
import Daybook
import QuickBooks

/// What the company's bookkeeper does in QuickBooks: closes a period and makes an account inactive, and later undoes
/// both.
struct ArticleBooks: Sendable {
    /// Damage Waiver Income, as the standard rental numbers have it.
    private static let waiverNumber = "4200"

    let client: QuickBooksClient

    func close(through day: CalendarDate) async throws { try await setClosingDate(day) }

    /// QuickBooks can't be told to forget a closing date; a date before all trade has the same effect.
    func reopen(before day: CalendarDate) async throws { try await setClosingDate(day.advanced(byDays: -400)) }

    func setWaiverAccount(isActive: Bool) async throws {
        let query = QueryText(Account.self).where("AcctNum", .equals(.text(Self.waiverNumber)))
            .where(.active, .isIn([.flag(true), .flag(false)]))
        guard var account = try await client.query(query).items.first else {
            throw CommandFailure("The sandbox's company has no account \(Self.waiverNumber).")
        }
        account.active = isActive
        _ = try await client.update(account, .full)
    }

    private func setClosingDate(_ day: CalendarDate) async throws {
        let now = try await client.preferences()
        guard let closing = LedgerDate(day.text) else { throw CommandFailure("\(day.text) is no day of a ledger.") }
        _ = try await client.update(
            Preferences(
                id: now.id, syncToken: now.syncToken, accounting: AccountingPreferences(bookCloseDate: closing)))
    }
}
