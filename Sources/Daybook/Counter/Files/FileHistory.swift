// SPDX-License-Identifier: Apache-2.0

/// A transaction of a file, with the exports that deliver it.
package struct FileTransaction: Sendable, Equatable {
    /// The place in the order in which transactions were recorded.
    package let serial: Int64
    package let key: Transaction.Key
    package let kind: CounterEvent.Kind
    package let date: CalendarDate
    package let exports: [Int64]

    package init(
        serial: Int64, key: Transaction.Key, kind: CounterEvent.Kind, date: CalendarDate, exports: [Int64]
    ) {
        self.serial = serial
        self.key = key
        self.kind = kind
        self.date = date
        self.exports = exports
    }
}

/// What the transactions of a file come to.
package struct FileTotals: Sendable, Equatable {
    package let transactions: Int
    /// Nil for a file that brought nothing.
    package let first: CalendarDate?
    package let last: CalendarDate?
    package let stores: [StoreNumber]
    /// The debits of all its entries, which are its credits, for each currency.
    package let debits: [Money]
    /// How many of its exports are in each state.
    package let states: [ExportState.Name: Int]
    /// How many of its exports are in QuickBooks, or may be there: as long as there is one, it can't be taken back.
    package let sent: Int

    package init(
        transactions: Int, first: CalendarDate?, last: CalendarDate?, stores: [StoreNumber], debits: [Money],
        states: [ExportState.Name: Int], sent: Int
    ) {
        self.sent = sent
        self.transactions = transactions
        self.first = first
        self.last = last
        self.stores = stores
        self.debits = debits
        self.states = states
    }
}

/// What became of the wish to take a file back.
package enum TakeBackOutcome: Sendable, Equatable {
    case takenBack(transactions: Int)
    /// Nothing was changed: so many of its exports are in QuickBooks, or may be there.
    case sent(exports: Int)
    /// Nothing was changed: it was not taken, or was taken back before.
    case notTaken
}
