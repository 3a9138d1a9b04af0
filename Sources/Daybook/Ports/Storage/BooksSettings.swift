// SPDX-License-Identifier: Apache-2.0

/// Account numbers and stores, as the Account Numbers page shows and saves them.
package struct BooksSettings: Sendable, Equatable {
    package var numbers: AccountNumbers
    package var stores: [Store]

    package init(numbers: AccountNumbers = .init(), stores: [Store] = []) {
        self.numbers = numbers
        self.stores = stores
    }

    /// Which company a store posts to.
    package func connection(of store: StoreNumber) -> Connection.ID {
        stores.first { $0.number == store }?.connection ?? .first
    }

    /// The stores that post to a company, including those that are known only by their account numbers.
    func stores(postingTo connection: Connection.ID) -> Set<StoreNumber> {
        let known = [.defaults] + stores.map(\.number) + numbers.numbers.keys.map(\.store)
        return Set(known.filter { self.connection(of: $0) == connection })
    }
}

/// What happened to a store's exports when it was assigned to another company.
package struct StoreMove: Sendable, Equatable {
    /// Exports of which nothing had been sent; they go to the new company.
    package let moved: Int
    /// Exports that had an envelope; they stay with the company that it was sent to.
    package let stayed: Int

    package init(moved: Int, stayed: Int) {
        self.moved = moved
        self.stayed = stayed
    }
}
