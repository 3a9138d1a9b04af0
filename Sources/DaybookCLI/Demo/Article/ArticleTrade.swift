// SPDX-License-Identifier: Apache-2.0
import Daybook

/// What happened at the counter before and after the connection died.
struct ArticleTrade: Sendable {
    static let refusedCount = 10
    static let waitingCount = 40
    private static let exportedCount = 8
    private static let lateCount = 6

    /// An ordinary day, posted while the connection worked.
    let exported: [Transaction]
    /// Refused by QuickBooks when they were sent: the first six were entered late, for a period that had just been
    /// closed; the others book damage waivers, whose account had been made inactive.
    let refused: [Transaction]
    /// Taken at the counter while nobody could post.
    let waiting: [Transaction]

    /// - Parameters:
    ///   - start: The day the connection was made.
    ///   - idle: How many days later the waiting transactions come in.
    init(start: CalendarDate, idle: Int) throws {
        var days = SampleTrade(seed: 11, days: idle + 1, start: start, source: "counter").days()
        let first = days.next() ?? []
        let plain = first.filter { !Self.booksWaiver($0) }
        // Most of what is rented on the first day is billed on the days after it.
        let billed = first + (1...3).flatMap { _ in days.next() ?? [] }
        let waivers = billed.filter(Self.booksWaiver).map { Self.dated($0, start) }
        exported = Array(plain.prefix(Self.exportedCount))
        let late = plain.dropFirst(Self.exportedCount).prefix(Self.lateCount).map {
            Self.dated($0, Self.lateDay(start))
        }
        refused = late + waivers.prefix(Self.refusedCount - Self.lateCount)
        var recent: [[Transaction]] = []
        while let day = days.next() { recent = recent.suffix(1) + [day] }
        waiting = recent.flatMap { $0.prefix(Self.waitingCount / 2) }
        guard refused.count == Self.refusedCount, waiting.count == Self.waitingCount else {
            throw CommandFailure("The sample trade is too short for the article's situation.")
        }
    }

    /// The last day of the period that was closed for a while.
    static func closedThrough(_ start: CalendarDate) -> CalendarDate { start.advanced(byDays: -10) }

    private static func lateDay(_ start: CalendarDate) -> CalendarDate { start.advanced(byDays: -12) }

    private static func booksWaiver(_ transaction: Transaction) -> Bool {
        switch transaction.event {
        case .invoice(let charges, _, _), .creditMemo(let charges, _), .refund(let charges, _, _):
            charges.contains { $0.kind == .damageWaiver }
        default: false
        }
    }

    private static func dated(_ transaction: Transaction, _ date: CalendarDate) -> Transaction {
        Transaction(
            key: transaction.key, date: date, currency: transaction.currency, customer: transaction.customer,
            contract: transaction.contract, memo: transaction.memo, event: transaction.event)
    }
}
