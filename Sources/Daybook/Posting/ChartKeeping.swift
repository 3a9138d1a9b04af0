// SPDX-License-Identifier: Apache-2.0

/// Keeps a company's chart as it was read, with the accounts that numbers lead to there.
struct ChartKeeping {
    let storage: any BooksStorage & ChartStorage

    /// - Parameter realmID: Of the company that the chart was read from.
    func keep(_ chart: AccountCatalog, of connection: Connection.ID, realmID: String) async throws {
        let found = try await accounts(chart, of: connection)
        try await storage.keep(chart, found, of: connection, realmID: realmID)
    }

    /// Keeps the accounts that new numbers lead to in the chart that was read last.
    func followNumbers(of connection: Connection) async throws {
        guard let company = connection.company, let chart = try await storage.chart(of: connection.id) else { return }
        let found = try await accounts(chart, of: connection.id)
        guard !found.isEmpty else { return }
        try await storage.keep(chart, found, of: connection.id, realmID: company.realmID)
    }

    private func accounts(
        _ chart: AccountCatalog, of connection: Connection.ID
    ) async throws -> [AccountNumbers.Slot: KeptAccount] {
        let books = try await storage.books()
        let kept = try await storage.keptAccounts(of: connection)
        return kept.missing(books.numbers, usedBy: books.stores(postingTo: connection), in: chart)
    }
}
