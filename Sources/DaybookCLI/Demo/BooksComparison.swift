// SPDX-License-Identifier: Apache-2.0
import Daybook
import Foundation
import QuickBooks

/// Compares the company's books, read by code that Daybook does not use, with the transactions, to the cent.
struct BooksComparison: Sendable {
    /// How many of Daybook's journal entries are in QuickBooks.
    let documents: Int
    /// How many entries are too many: their marker is there twice, or no export has it.
    let duplicates: Int
    /// How many exports have no document in QuickBooks.
    let missing: Int
    /// The differences between balances and expected balances, added up over all accounts.
    let difference: Decimal

    /// - Parameters:
    ///   - before: Balances (debit less credit) by account id before anything was imported.
    ///   - markers: The marker of every export.
    ///   - expected: Debit less credit by account number, from the transactions themselves.
    static func make(
        _ client: QuickBooksClient, before: [String: Decimal], markers: Set<String>, expected: [String: Decimal],
        through: LedgerDate
    ) async throws -> BooksComparison {
        let counts = try await markerCounts(client)
        let known = counts.filter { markers.contains($0.key) }
        let strangers = counts.filter { !markers.contains($0.key) }.values.reduce(0, +)
        let after = try await balances(client, through: through)
        let numbers = try await accountNumbers(client)
        var difference: Decimal = 0
        for id in Set(before.keys).union(after.keys).union(numbers.keys) {
            let change = (after[id] ?? 0) - (before[id] ?? 0)
            let wanted = numbers[id].flatMap { expected[$0] } ?? 0
            difference += abs(change - wanted)
        }
        return BooksComparison(
            documents: counts.values.reduce(0, +), duplicates: known.values.reduce(0) { $0 + $1 - 1 } + strangers,
            missing: markers.count - known.count, difference: difference)
    }

    /// Debit less credit by account id.
    static func balances(_ client: QuickBooksClient, through: LedgerDate) async throws -> [String: Decimal] {
        let report = try await client.trialBalance(asOf: through)
        return Dictionary(report.lines.map { ($0.accountID, $0.debit - $0.credit) }, uniquingKeysWith: +)
    }

    private static func markerCounts(_ client: QuickBooksClient) async throws -> [String: Int] {
        var counts: [String: Int] = [:]
        var start = 1
        while true {
            let page = try await client.query(
                QueryText(JournalEntry.self).ordered(by: .id).page(from: start, size: 1000)
            ).items
            for entry in page {
                guard let export = Export.ID.marked(by: entry.privateNote ?? "") else { continue }
                counts[export.marker, default: 0] += 1
            }
            if page.count < 1000 { return counts }
            start += page.count
        }
    }

    /// Account number by account id.
    private static func accountNumbers(_ client: QuickBooksClient) async throws -> [String: String] {
        let accounts = try await client.query(QueryText(Account.self).ordered(by: .id).page(from: 1, size: 1000)).items
        let pairs = accounts.compactMap { account in account.id.flatMap { id in account.acctNum.map { (id, $0) } } }
        return Dictionary(pairs, uniquingKeysWith: { first, _ in first })
    }
}

/// What transactions should do to each account number: debit less credit.
enum ExpectedBooks {
    static func changes(_ transactions: [Transaction], numbers: AccountNumbers) throws -> [String: Decimal] {
        var changes: [String: Decimal] = [:]
        for transaction in transactions {
            for line in try PostingRules.entry(for: transaction).lines {
                let amount = line.side == .debit ? line.amount.decimal : -line.amount.decimal
                changes[try number(of: line, numbers), default: 0] += amount
            }
        }
        return changes
    }

    private static func number(of line: EntryLine, _ numbers: AccountNumbers) throws -> String {
        switch line.account {
        case .number(let number): return number.text
        case .named(let named): throw CommandFailure("The sample names no accounts as “\(named)”.")
        case .role(let role):
            guard let number = numbers.number(for: role, at: line.store) else {
                throw CommandFailure("The standard account numbers have none for \(role).")
            }
            return number.text
        }
    }
}
