// SPDX-License-Identifier: Apache-2.0

/// What **Test connection** found.
package struct ConnectionReport: Sendable, Equatable {
    /// An account number in use, with what would keep a line from being posted to it.
    package struct Number: Sendable, Equatable {
        package let store: StoreNumber
        package let role: AccountRole
        package let number: AccountNumber
        package let problem: Problem?
    }

    package let facts: CompanyFacts
    package let homeCurrency: String
    /// Entries dated up to it are refused; nil when the books were never closed.
    package let closedThrough: CalendarDate?
    /// Whether account numbers are switched on in QuickBooks.
    package let usesAccountNumbers: Bool
    package let tracksClasses: Bool
    package let tracksLocations: Bool
    /// The numbers of the stores that post to this company, by store and role.
    package let numbers: [Number]
    /// Classes and locations of those stores that QuickBooks does not know.
    package let storeProblems: [Problem]
    /// Nil when no trial entry was asked for.
    package let trial: Trial?
    /// What keeps the connection from its work although it could be tested, in words.
    package let obstacle: String?

    /// What became of the trial entry of a cent, in words.
    package struct Trial: Sendable, Equatable {
        package let isGood: Bool
        package let words: String
    }

    package var problems: [Problem] { numbers.compactMap(\.problem) + storeProblems }

    /// Whether everything tested is as it should be.
    package var isGood: Bool {
        problems.isEmpty && facts.mayWrite != false && trial?.isGood != false && obstacle == nil
    }
}

extension ConnectionReport {
    init(
        _ facts: CompanyFacts, _ catalog: AccountCatalog, _ books: BooksSettings, of connection: Connection.ID,
        trial: Trial?, obstacle: String?
    ) {
        self.facts = facts
        homeCurrency = catalog.homeCurrency
        closedThrough = catalog.closedThrough
        usesAccountNumbers = catalog.usesNumbers
        tracksClasses = catalog.classes != nil
        tracksLocations = catalog.departments != nil
        numbers = Self.numbers(catalog, books, of: connection)
        storeProblems = Self.storeProblems(catalog, books, of: connection)
        self.trial = trial
        // A trial is refused because of the same obstacle; it is said only once.
        self.obstacle = obstacle == trial?.words ? nil : obstacle
    }

    /// Store 1 holds the defaults: its numbers are in use where a store that posts here has none of its own.
    private static func numbers(
        _ catalog: AccountCatalog, _ books: BooksSettings, of connection: Connection.ID
    ) -> [Number] {
        let resolution = AccountResolution(numbers: books.numbers, stores: books.stores, catalog: catalog)
        return books.numbers.used(by: books.stores(postingTo: connection)).map { slot, number in
            Number(store: slot.store, role: slot.role, number: number, problem: resolution.problem(with: number))
        }.sorted { ($0.store, $0.role.code) < ($1.store, $1.role.code) }
    }

    private static func storeProblems(
        _ catalog: AccountCatalog, _ books: BooksSettings, of connection: Connection.ID
    ) -> [Problem] {
        let resolution = AccountResolution(numbers: books.numbers, stores: books.stores, catalog: catalog)
        return books.stores.filter { $0.connection == connection }.flatMap { resolution.problems(with: $0) }
    }
}

extension AccountResolution {
    func problem(with number: AccountNumber) -> Problem? {
        do throws(Blocked) {
            _ = try account(numbered: number)
            return nil
        } catch {
            return error.problem
        }
    }

    func problems(with store: Store) -> [Problem] {
        var problems: [Problem] = []
        do throws(Blocked) { _ = try classID(of: store) } catch { problems.append(error.problem) }
        do throws(Blocked) { _ = try departmentID(of: store) } catch { problems.append(error.problem) }
        return problems
    }
}
