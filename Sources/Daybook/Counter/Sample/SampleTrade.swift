// SPDX-License-Identifier: Apache-2.0

/// Weeks of invented trade of a rental business with three stores; the same seed gives the same trade.
///
/// There are at least 80 transactions a day. Contracts are closed days after they are opened, account customers pay
/// later still, and at the end some contracts are open and some deposits held, as in any real week.
package struct SampleTrade: Sendable {
    private enum Length {
        case days(Int)
        case transactions(Int)
    }

    private let seed: UInt64
    private let start: CalendarDate
    private let source: String
    private let length: Length

    /// - Parameters:
    ///   - days: How many days of trade; none when zero or less.
    ///   - source: The source of every transaction's key. Two seeds give the same keys different contents,
    ///     so one daybook can hold both only under two sources.
    package init(seed: UInt64, days: Int, start: CalendarDate, source: String = "sample") {
        self.seed = seed
        self.start = start
        self.source = source
        length = .days(days)
    }

    /// As many whole days, from 2026-01-01 on, as it takes for at least `count` transactions.
    package init(seed: UInt64, count: Int, source: String = "sample") {
        self.seed = seed
        start = CalendarDate(daysSinceEpoch: 20_454)
        self.source = source
        length = .transactions(count)
    }

    /// All transactions, the oldest day first.
    package func transactions() -> [Transaction] { days().flatMap { $0 } }

    /// All transactions, one day of all stores at a time, for runs that are too long to hold at once.
    package func days() -> SampleDays {
        switch length {
        case .days(let days): SampleDays(seed: seed, start: start, source: source, daysLeft: days, wanted: .max)
        case .transactions(let count):
            SampleDays(seed: seed, start: start, source: source, daysLeft: .max, wanted: count)
        }
    }
}

/// The days of a sample, one after the other, each made when it is asked for.
package struct SampleDays: Sequence, IteratorProtocol, Sendable {
    private var chance: SeededGenerator
    private var date: CalendarDate
    private let source: String
    private var daysLeft: Int
    private var wanted: Int
    private var stores = SampleStore.all
    private var numbers = SampleNumbers()

    init(seed: UInt64, start: CalendarDate, source: String, daysLeft: Int, wanted: Int) {
        chance = SeededGenerator(seed: seed)
        date = start
        self.source = source
        self.daysLeft = daysLeft
        self.wanted = wanted
    }

    package mutating func next() -> [Transaction]? {
        guard daysLeft > 0, wanted > 0 else { return nil }
        var written: [Transaction] = []
        for index in stores.indices {
            var day = SampleDay(
                store: stores[index].number, date: date, source: source, chance: chance, numbers: numbers)
            stores[index].trade(&day)
            chance = day.chance
            numbers = day.numbers
            written += day.transactions
        }
        date = date.advanced(byDays: 1)
        daysLeft -= 1
        wanted -= written.count
        return written
    }
}
