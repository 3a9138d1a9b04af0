// SPDX-License-Identifier: Apache-2.0

/// What happened at the rental counter.
///
/// Its values were checked on the way in.
package struct Transaction: Hashable, Sendable {
    /// What makes a transaction the same one: a second arrival with the same key is a repeat.
    package struct Key: Hashable, Sendable {
        package let source: String
        package let store: StoreNumber
        package let id: String
        package let revision: Int

        package init(source: String, store: StoreNumber, id: String, revision: Int = 1) {
            self.source = source
            self.store = store
            self.id = id
            self.revision = revision
        }
    }

    package let key: Key
    package let date: CalendarDate
    package let currency: Currency
    package let customer: Customer?
    /// The rental contract's number, when there is one.
    package let contract: String?
    package let memo: String?
    package let event: CounterEvent

    package init(
        key: Key, date: CalendarDate, currency: Currency, customer: Customer? = nil, contract: String? = nil,
        memo: String? = nil, event: CounterEvent
    ) {
        self.key = key
        self.date = date
        self.currency = currency
        self.customer = customer
        self.contract = contract
        self.memo = memo
        self.event = event
    }
}

extension Transaction.Key {
    /// The key that a transaction with these texts would have after reading; nil where reading refuses one.
    package init?(readingSource source: String, store: StoreNumber, id: String, revision: Int) {
        guard let source = try? IdentifierText.read(source), let id = try? IdentifierText.read(id) else { return nil }
        self.init(source: source, store: store, id: id, revision: revision)
    }
}

extension Transaction.Key: CustomStringConvertible {
    package var description: String { "\(source)/\(store)/\(id)/\(revision)" }
}

/// Who rented: an account customer has terms, a cash customer pays at the counter.
package struct Customer: Hashable, Sendable {
    package let id: String
    package let name: String
    package let isAccountCustomer: Bool

    package init(id: String, name: String, isAccountCustomer: Bool) {
        self.id = id
        self.name = name
        self.isAccountCustomer = isAccountCustomer
    }
}
