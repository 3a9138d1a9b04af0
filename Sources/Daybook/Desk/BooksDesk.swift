// SPDX-License-Identifier: Apache-2.0

/// Keeps account numbers and stores.
package struct BooksDesk: WorkingDesk {
    let storage: any BooksStorage & ChartStorage & ConnectionStorage & QueueStorage
    let work: DeskWork

    package func settings() async throws -> BooksSettings {
        try await storage.books()
    }

    /// Saves account numbers and stores, and lets exports try again whose problem the change may have solved.
    package func save(_ settings: BooksSettings, by actor: Actor) async throws {
        try await act(.saveBooks, by: actor) {
            let now = clock.now
            let change = BooksChange(from: try await storage.saveBooks(settings, by: actor, at: now), to: settings)
            for connection in try await storage.connections() {
                try await ChartKeeping(storage: storage).followNumbers(of: connection)
                for problem in try await storage.blockingProblems(of: connection.id) where change.mayClear(problem) {
                    _ = try await storage.change(.blockedBy(problem, connection.id), by: actor, at: now) {
                        $0.progress.after(.problemCleared)
                    }
                }
            }
            waking.wake(.everyCompany)
        }
    }

    /// The names by which counters' files know accounts in a company.
    package func accountNames(of connection: Connection.ID) async throws -> [NamedAccount] {
        try await storage.accountNames(of: connection)
    }

    /// Keeps the QuickBooks accounts that names of counters' files mean in a company, and lets the exports that waited for
    /// them try again.
    ///
    /// A name without an account takes a choice back.
    ///
    /// - Throws: ``Desk/Refused`` for a name that no file has had.
    package func choose(
        _ choices: [SourceAccount: ChosenAccount?], in id: Connection.ID, by actor: Actor
    ) async throws {
        try await act(.saveBooks, by: actor, on: Act.Subject.connection(id)) {
            _ = try await storage.known(id)
            let known = try await storage.accountNames(of: id)
            if let unknown = choices.keys.first(where: { name in !known.contains { $0.account.isSame(as: name) } }) {
                throw Desk.Refused(
                    "No file of \(unknown.source) has named an account “\(unknown)”; choose for a name that is listed.")
            }
            let now = clock.now
            let names = choices.map { NamedAccount(connection: id, account: $0.key, choice: $0.value) }
            try await storage.choose(names, by: actor, at: now)
            // Also what waited for a control account, to which the name no longer leads.
            _ = try await storage.change(.blocked(id), by: actor, at: now) { $0.progress.after(.problemCleared) }
            waking.wake(.company(id))
        }
    }

    /// The stores that transactions name and nobody has confirmed yet, by number.
    package func unknownStores() async throws -> [StoreNumber] {
        var unknown: Set<StoreNumber> = []
        for connection in try await storage.connections() {
            for case .unknownStore(let store) in try await storage.blockingProblems(of: connection.id) {
                unknown.insert(store)
            }
        }
        return unknown.sorted()
    }

    /// Confirms a store that transactions name, and lets them go to its company.
    ///
    /// A store that is known gets the name and the company.
    ///
    /// - Throws: ``Desk/Refused`` when there is no such connection, or it is detached.
    package func confirm(
        _ store: StoreNumber, name: String, in id: Connection.ID, by actor: Actor
    ) async throws -> StoreMove {
        try await act(.assignStore, by: actor) {
            let move = try await assign(store, to: id, by: actor)
            var books = try await storage.books()
            if let index = books.stores.firstIndex(where: { $0.number == store }) { books.stores[index].name = name }
            try await storage.saveBooks(books, by: actor, at: clock.now)
            return move
        }
    }

    /// Lets a store post to another company, and its exports that were never sent along with it.
    ///
    /// - Throws: ``Desk/Refused`` when there is no such connection, or it is detached.
    package func assign(_ store: StoreNumber, to id: Connection.ID, by actor: Actor) async throws -> StoreMove {
        try await act(.assignStore, by: actor) {
            let connection = try await storage.known(id)
            guard !connection.isDetached else {
                throw Desk.Refused(
                    """
                    Connection \(id.value) is kept only to look up what was sent over it. Choose the other connection \
                    of \(connection.company?.name ?? "its company"), which posts there.
                    """)
            }
            let now = clock.now
            let move = try await storage.assign(store, to: id, by: actor, at: now)
            // The problems that blocked the exports were about the other company's accounts.
            _ = try await storage.change(.blocked(id), by: actor, at: now) { $0.progress.after(.problemCleared) }
            waking.wake(.company(id))
            return move
        }
    }
}
