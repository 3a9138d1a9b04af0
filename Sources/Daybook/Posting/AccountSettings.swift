// SPDX-License-Identifier: Apache-2.0

/// What people have set and chosen about the accounts of one company.
package struct AccountSettings: Sendable, Equatable {
    package let books: BooksSettings
    /// The accounts of roles.
    package let kept: KeptAccounts
    /// The accounts of names in counters' files; nil where they were not asked for.
    let chosen: ChosenAccounts?

    init(books: BooksSettings, kept: KeptAccounts = KeptAccounts(), chosen: ChosenAccounts? = nil) {
        self.books = books
        self.kept = kept
        self.chosen = chosen
    }

    /// - Parameter withNames: False where no line names its account as a counter's file does.
    /// - Throws: What the storage throws.
    package init(
        of connection: Connection.ID, _ storage: any BooksStorage & ChartStorage, withNames: Bool = true
    ) async throws {
        books = try await storage.books()
        kept = try await storage.keptAccounts(of: connection)
        chosen = withNames ? ChosenAccounts(try await storage.accountNames(of: connection)) : nil
    }

    package func resolution(_ catalog: AccountCatalog) -> AccountResolution {
        AccountResolution(books, kept: kept, chosen: chosen ?? ChosenAccounts(), catalog: catalog)
    }
}
