// SPDX-License-Identifier: Apache-2.0

/// What **Test connection** found.
package struct ConnectionReport: Sendable, Equatable {
    package let facts: CompanyFacts
    package let homeCurrency: String
    /// Entries dated up to it are refused; nil when the books were never closed.
    package let closedThrough: CalendarDate?
    /// Whether account numbers are switched on in QuickBooks.
    package let usesAccountNumbers: Bool
    package let tracksClasses: Bool
    package let tracksLocations: Bool
    /// The accounts of the stores that post to this company, and what waits for an account.
    package let accounts: AccountCheck
    /// Nil when no trial entry was asked for.
    package let trial: Trial?
    /// What keeps the connection from its work although it could be tested, in words.
    package let obstacle: String?

    /// What became of the trial entry of a cent, in words.
    package struct Trial: Sendable, Equatable {
        package let isGood: Bool
        package let words: String
    }

    package var problems: [Problem] { accounts.problems }

    /// Whether nothing that was tested keeps entries from being posted.
    ///
    /// Questions may be open.
    package var isGood: Bool {
        problems.isEmpty && facts.mayWrite != false && trial?.isGood != false && obstacle == nil
    }
}

extension ConnectionReport {
    init(
        _ facts: CompanyFacts, _ catalog: AccountCatalog, _ accounts: AccountCheck, trial: Trial?, obstacle: String?
    ) {
        self.facts = facts
        homeCurrency = catalog.homeCurrency
        closedThrough = catalog.closedThrough
        usesAccountNumbers = catalog.usesNumbers
        tracksClasses = catalog.classes != nil
        tracksLocations = catalog.departments != nil
        self.accounts = accounts
        self.trial = trial
        // A trial is refused because of the same obstacle; it is said only once.
        self.obstacle = obstacle == trial?.words ? nil : obstacle
    }
}
