// SPDX-License-Identifier: Apache-2.0

/// A customer, and what is stored of it.
package struct CustomerSummary: Sendable, Equatable {
    package let key: CustomerKey
    /// As the latest transaction has it; a pseudonym once the customer is anonymized.
    package let name: String
    package let transactions: Int
    package let firstDate: CalendarDate
    package let lastDate: CalendarDate
    /// How many of its exports are in each state.
    package let exports: [ExportState.Name: Int]
    package let isAnonymized: Bool

    package init(
        key: CustomerKey, name: String, transactions: Int, firstDate: CalendarDate, lastDate: CalendarDate,
        exports: [ExportState.Name: Int], isAnonymized: Bool
    ) {
        self.key = key
        self.name = name
        self.transactions = transactions
        self.firstDate = firstDate
        self.lastDate = lastDate
        self.exports = exports
        self.isAnonymized = isAnonymized
    }
}

/// Which customers are wanted.
package struct CustomerFilter: Sendable, Equatable {
    package enum Wanted: Sendable, Equatable {
        /// All who are not anonymized, the one whose last transaction is oldest first.
        case oldest
        /// Those whose name has all of some words, or words that begin with them, without regard to case and accents.
        case named(String)
        /// Those with a number, of any source.
        case numbered(String)
    }

    package let wanted: Wanted
    /// 1 to 500.
    package let limit: Int

    package init(_ wanted: Wanted = .oldest, limit: Int = 100) {
        self.wanted = wanted
        self.limit = min(max(limit, 1), 500)
    }
}

/// A customer who is anonymized.
package struct AnonymizedCustomer: Sendable, Equatable {
    package let pseudonym: Pseudonym
    package let transactions: Int
    /// The serials of other customers' exports that have all words of the name somewhere, at most 20; a person has to
    /// look at them.
    package let mentions: [Int64]

    package init(pseudonym: Pseudonym, transactions: Int, mentions: [Int64]) {
        self.pseudonym = pseudonym
        self.transactions = transactions
        self.mentions = mentions
    }
}

/// No stored transaction is this customer's.
package struct CustomerMissing: Error, Equatable, Sendable {
    package let customer: CustomerKey

    package init(customer: CustomerKey) { self.customer = customer }
}

/// A customer who has something that is not settled; nothing was changed.
package struct CustomerUnsettled: Error, Equatable, Sendable {
    package struct Export: Equatable, Sendable {
        package let serial: Int64
        /// The export's state; it is a settled one where only the request that carried the export is not settled yet.
        package let state: ExportState.Name

        package init(serial: Int64, state: ExportState.Name) {
            self.serial = serial
            self.state = state
        }
    }

    /// At most 20 of them.
    package let exports: [Export]
    package let count: Int

    package init(exports: [Export], count: Int) {
        self.exports = exports
        self.count = count
    }
}
