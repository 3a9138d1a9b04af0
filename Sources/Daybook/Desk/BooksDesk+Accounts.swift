// SPDX-License-Identifier: Apache-2.0
package import Foundation

/// The accounts of roles, chosen from a company's chart, and their check.
extension BooksDesk {
    /// The check of accounts by what QuickBooks offered when it was last read; nil when it never was.
    package func accountCheck(of id: Connection.ID) async throws -> AccountCheck? {
        guard let chart = try await storage.chart(of: id) else { return nil }
        return try await AccountCheck(AccountSettings(of: id, storage), chart, of: id, storage)
    }

    /// When QuickBooks was last asked for its accounts; nil when it never was.
    package func chartReadAt(of id: Connection.ID) async throws -> Date? {
        try await storage.chart(of: id)?.readAt
    }

    /// The chart of accounts as it was last read; nil when it never was.
    package func keptChart(of id: Connection.ID) async throws -> AccountChart? {
        try await storage.chart(of: id).map(AccountChart.init)
    }

    /// The accounts that roles have in a company.
    package func keptAccounts(of id: Connection.ID) async throws -> KeptAccounts {
        try await storage.keptAccounts(of: id)
    }

    /// Keeps accounts that a person chose for roles at stores, with their numbers, and lets the exports that waited try
    /// again.
    ///
    /// Nil takes a choice and its number away.
    package func choose(
        _ accounts: [AccountNumbers.Slot: AccountChart.Row?], in id: Connection.ID, by actor: Actor
    ) async throws {
        try await act(.saveBooks, by: actor, on: Act.Subject.connection(id)) {
            _ = try await storage.known(id)
            let kept = accounts.mapValues { row in
                row.map { KeptAccount(account: $0.choice, number: $0.number) }
            }
            try await keep(kept, in: id, by: actor)
        }
    }

    /// Takes a person's answer to a question of the check.
    ///
    /// - Throws: ``Desk/Refused`` when nothing is asked about the role any more.
    package func answer(
        _ slot: AccountNumbers.Slot, _ answer: AccountAnswer, in id: Connection.ID, by actor: Actor
    ) async throws {
        try await act(.saveBooks, by: actor, on: Act.Subject.connection(id)) {
            _ = try await storage.known(id)
            guard let chart = try await storage.chart(of: id) else {
                throw Desk.Refused("QuickBooks was not asked for its accounts yet. Press Check accounts first.")
            }
            let resolution = try await AccountSettings(of: id, storage).resolution(chart)
            guard let account = resolution.account(in: slot, by: answer) else {
                throw Desk.Refused(
                    """
                    Nothing is asked about \(slot.role.name) at store \(slot.store) any more, or the answer does not fit \
                    the question. Look at the check again.
                    """)
            }
            let kept = KeptAccount(
                account: ChosenAccount(id: account.id, name: account.name), number: chart.number(of: account),
                isConfirmed: true)
            try await keep([slot: kept], in: id, by: actor)
        }
    }

    private func keep(
        _ accounts: [AccountNumbers.Slot: KeptAccount?], in id: Connection.ID, by actor: Actor
    ) async throws {
        let now = clock.now
        try await storage.choose(accounts, in: id, by: actor, at: now)
        for connection in try await storage.connections() {
            try await ChartKeeping(storage: storage).followNumbers(of: connection)
            _ = try await storage.change(.blocked(connection.id), by: actor, at: now) {
                $0.progress.after(.problemCleared)
            }
        }
        waking.wake(.everyCompany)
    }
}
