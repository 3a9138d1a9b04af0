// SPDX-License-Identifier: Apache-2.0
import Foundation

/// What **Test connection** writes when asked to.
extension ConnectionsDesk {
    /// A cent between the first two accounts in use that entries may post to.
    func trialEntry(
        _ resolution: AccountResolution, _ books: BooksSettings, of id: Connection.ID
    ) -> TrialEntry? {
        let catalog = resolution.catalog
        let slots = resolution.slots(usedBy: books.stores(postingTo: id))
        var accounts: [String] = []
        for slot in slots where accounts.count < 2 {
            // The report names an account that can't be posted to; the trial uses another.
            guard let account = try? resolution.account(.role(slot.role), at: slot.store),
                !accounts.contains(account.id)
            else { continue }
            accounts.append(account.id)
        }
        guard accounts.count == 2, let date = trialDate(catalog),
            let currency = Currency(code: catalog.homeCurrency)
        else { return nil }
        let exportID = Export.ID(Base32.text(randomness.bytes(16)))
        return TrialEntry(
            id: exportID, documentNumber: "TEST-\(exportID.text.prefix(8))", date: date,
            amount: Money(minorUnits: 1, currency: currency), debitAccountID: accounts[0],
            creditAccountID: accounts[1], currency: resolution.currencyOfDocuments)
    }

    /// Today, or the first open day.
    private func trialDate(_ catalog: AccountCatalog) -> CalendarDate? {
        let today = CalendarDate(inUTC: clock.now)
        guard let closed = catalog.closedThrough, closed >= today else { return today }
        return closed.advanced(byDays: 1)
    }
}
