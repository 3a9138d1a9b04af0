// SPDX-License-Identifier: Apache-2.0

/// A store's cash and checks, and the deposit slip that takes them to the bank in the evening.
struct SampleDrawer: Sendable {
    private var cash: Int64 = 0
    private var checks: Int64 = 0

    /// Counts the drawer and takes what is in it to the bank.
    mutating func close(_ day: inout SampleDay) {
        for transaction in day.transactions { add(transaction.event) }
        countAgain(&day)
        // If more was paid out than taken in, the difference waits for the next day's takings.
        guard cash > 0, checks >= 0 else { return }
        var lines = [
            JournalLine(side: .debit, account: .role(AccountRole(.bank)), amount: .cents(cash + checks), text: nil),
            JournalLine(side: .credit, account: .role(AccountRole(.cashDrawer)), amount: .cents(cash), text: nil),
        ]
        if checks > 0 {
            lines.append(
                JournalLine(side: .credit, account: .role(AccountRole(.checksInHand)), amount: .cents(checks)))
        }
        day.write(.journal(lines), memo: "Deposit slip")
        cash = 0
        checks = 0
    }

    private mutating func add(_ event: CounterEvent) {
        switch event {
        case .invoice(_, _, let payments), .payment(let payments), .prepayment(let payments),
            .depositTaken(let payments):
            add(payments, 1)
        case .depositRefunded(let payments), .refund(_, _, let payments): add(payments, -1)
        case .prepaymentApplied, .depositApplied, .creditMemo, .journal: break
        }
    }

    private mutating func add(_ payments: [Payment], _ sign: Int64) {
        for payment in payments where payment.tender == .cash { cash += sign * payment.amount.minorUnits }
        for payment in payments where payment.tender == .check { checks += sign * payment.amount.minorUnits }
    }

    /// On some evenings a few cents or dollars are missing or too many.
    private mutating func countAgain(_ day: inout SampleDay) {
        guard cash > 10_000, day.chance.happens(30) else { return }
        let difference = Int64(day.chance.number(1...1_999))
        let isShort = day.chance.happens(60)
        let drawer = EntryLine.Account.role(AccountRole(.cashDrawer))
        let overShort = EntryLine.Account.role(AccountRole(.overShort))
        let lines = [
            JournalLine(side: .debit, account: isShort ? overShort : drawer, amount: .cents(difference)),
            JournalLine(side: .credit, account: isShort ? drawer : overShort, amount: .cents(difference)),
        ]
        day.write(.journal(lines), memo: isShort ? "Drawer short" : "Drawer over")
        cash += isShort ? -difference : difference
    }
}
