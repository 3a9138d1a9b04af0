// SPDX-License-Identifier: Apache-2.0

/// The general ledger, held as the movement of each account on each day: a balance as of a day is a sum over days,
/// however many documents there are.
struct Ledger: Sendable {
    private var movements: [CalendarDay: [Int: Cents]] = [:]
    private var balances: [Int: Cents] = [:]
    private var partyBalances: [Party: Cents] = [:]

    mutating func post(_ postings: BalancedPostings) {
        for line in postings.lines { add(line.amount, of: line, on: postings.day) }
    }

    /// Takes a document back out, to the cent and to the day.
    mutating func withdraw(_ postings: BalancedPostings) {
        for line in postings.lines { add(-line.amount, of: line, on: postings.day) }
    }

    /// All that was ever posted to the account, debits positive.
    func balance(of account: Int) -> Cents {
        balances[account, default: .zero]
    }

    /// What a customer owes (positive) or what is owed to a vendor (negative).
    func balance(of party: Party) -> Cents {
        partyBalances[party, default: .zero]
    }

    /// Balances of all accounts at the end of a day; accounts at zero are left out.
    func balances(asOf day: CalendarDay) -> [Int: Cents] {
        var sums: [Int: Cents] = [:]
        for (date, accounts) in movements where date <= day {
            for (account, amount) in accounts { sums[account, default: .zero] += amount }
        }
        return sums.filter { $0.value != .zero }
    }

    private mutating func add(_ amount: Cents, of line: Posting, on day: CalendarDay) {
        movements[day, default: [:]][line.account, default: .zero] += amount
        balances[line.account, default: .zero] += amount
        if let party = line.party { partyBalances[party, default: .zero] += amount }
    }
}
