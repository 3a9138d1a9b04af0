// SPDX-License-Identifier: Apache-2.0
package import Foundation

/// What is kept of each company's chart of accounts, and what transactions need of it.
///
/// Its verbs are like ``Storage``'s: each is atomic, durable when it returns, and has no outside effect. What was kept of a
/// connection's former company is not returned.
package protocol ChartStorage: Sendable {
    /// What the company offered to post to when it was last read; nil when it never was.
    func chart(of connection: Connection.ID) async throws -> AccountCatalog?

    /// Keeps what a company offers, in place of what it offered before, and the accounts that numbers lead to there.
    ///
    /// Nothing is kept when the connection belongs to another company by now. A role that has an account keeps it, and
    /// one whose number is another by now gets none.
    func keep(
        _ chart: AccountCatalog, _ accounts: [AccountNumbers.Slot: KeptAccount], of connection: Connection.ID,
        realmID: String
    ) async throws

    /// The accounts of roles in a company.
    func keptAccounts(of connection: Connection.ID) async throws -> KeptAccounts

    /// Keeps the accounts that a person chose for roles in a company, all or none, and their numbers under Account
    /// Numbers; nil takes both away.
    ///
    /// In other companies a role whose number changes loses its account.
    func choose(
        _ accounts: [AccountNumbers.Slot: KeptAccount?], in connection: Connection.ID, by actor: Actor, at: Date
    ) async throws

    /// What the transactions that came in post to, of all stores.
    func accountNeeds() async throws -> Set<AccountNeed>

    /// Whether an export that is not in QuickBooks needs it.
    func isWaiting(_ need: AccountNeed) async throws -> Bool

    /// Forgets needs until a transaction comes in that has them again.
    func forget(_ needs: [AccountNeed]) async throws
}
