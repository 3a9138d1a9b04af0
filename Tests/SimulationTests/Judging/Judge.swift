// SPDX-License-Identifier: Apache-2.0
import Daybook
import Foundation
import QuickBooks

/// Compares what was recorded with what is in QuickBooks, and lists everything that is wrong.
struct Judge {
    private let rows: [ExportRow]
    private let transactions: [Transaction.Key: Transaction]
    private let documents: [String: [JournalEntry]]
    private let unmarked: [JournalEntry]
    private let accountIDs: [String: String]
    private let numbers: AccountNumbers
    private var complaints: [String] = []
    private var expected: [String: Decimal] = [:]

    /// All complaints about a world, none if all is well. Late commits are waited for.
    static func complaints(about world: World) async throws -> [String] {
        world.advance(by: .seconds(600))
        var judge = try await Judge(world)
        judge.compareDocuments(othersNumbers: world.othersDocuments)
        judge.compareBalances(before: world.openingBalance, after: try await world.trialBalance())
        return judge.complaints + world.envelopes.complaints + world.wire.complaints
    }

    private init(_ world: World) async throws {
        rows = try await world.rows()
        transactions = Dictionary(world.transactions.map { ($0.key, $0) }) { first, _ in first }
        let entries = try await world.journalEntries()
        documents = Dictionary(grouping: entries.filter { Self.marker(of: $0) != nil }) { Self.marker(of: $0) ?? "" }
        unmarked = entries.filter { Self.marker(of: $0) == nil }
        accountIDs = try await world.accountIDs()
        numbers = try World.books().numbers
    }

    /// The export id a document claims to be of.
    private static func marker(of entry: JournalEntry) -> String? {
        entry.privateNote?.firstMatch(of: /^Daybook ([0-9A-Z]{26})(?![0-9A-Za-z])/).map { String($0.1) }
    }

    private mutating func compareDocuments(othersNumbers: Set<String>) {
        if rows.count != transactions.count {
            complaints.append("\(transactions.count) transactions have \(rows.count) exports")
        }
        for row in rows { compare(row) }
        let known = Set(rows.map(\.export.id.text))
        for marker in documents.keys where !known.contains(marker) {
            complaints.append("a document bears the unknown marker \(marker)")
        }
        for entry in unmarked where !othersNumbers.contains(entry.docNumber ?? "") {
            complaints.append("document \(entry.id ?? "?") is nobody's")
        }
    }

    private mutating func compare(_ row: ExportRow) {
        let export = row.export
        let found = documents[export.id.text] ?? []
        if found.count > 1 { complaints.append("export \(export.serial) stands \(found.count) times in QuickBooks") }
        guard case .exported(let receipt) = export.progress.state else {
            if !found.isEmpty {
                let title = export.progress.state.name.title
                complaints.append("export \(export.serial) is \(title) but stands in QuickBooks")
            }
            return
        }
        guard let document = found.first else {
            complaints.append("export \(export.serial) is Exported but missing in QuickBooks")
            return
        }
        if !found.contains(where: { $0.id == receipt.documentID }) {
            complaints.append("export \(export.serial) names document \(receipt.documentID), which is not its own")
        }
        compare(row, with: document)
    }

    private mutating func compare(_ row: ExportRow, with document: JournalEntry) {
        let export = row.export
        if document.txnDate?.description != export.date.text || document.docNumber != export.documentNumber.text {
            complaints.append("export \(export.serial) has another date or number in QuickBooks")
        }
        let lines = expectedLines(row)
        for (account, amount) in lines { expected[account, default: 0] += amount }
        if lines != Self.amounts(document) {
            complaints.append("export \(export.serial) has other amounts in QuickBooks")
        }
    }

    /// From the transaction itself, not from what storage made of it.
    private mutating func expectedLines(_ row: ExportRow) -> [String: Decimal] {
        var amounts: [String: Decimal] = [:]
        for summary in row.transactions {
            guard let transaction = transactions[summary.key] else {
                complaints.append("export \(row.export.serial) delivers a transaction nobody handed in")
                continue
            }
            do {
                for line in try PostingRules.entry(for: transaction).lines {
                    guard let account = account(of: line) else {
                        complaints.append("no account for a line of export \(row.export.serial)")
                        continue
                    }
                    amounts[account, default: 0] += line.side == .debit ? line.amount.decimal : -line.amount.decimal
                }
            } catch {
                complaints.append("transaction \(summary.key) has no entry: \(error)")
            }
        }
        return amounts.filter { $0.value != 0 }
    }

    private func account(of line: EntryLine) -> String? {
        switch line.account {
        case .number(let number): accountIDs[number.text]
        case .named(let named): named.number.flatMap { accountIDs[$0.text] }
        case .role(let role): numbers.number(for: role, at: line.store).flatMap { accountIDs[$0.text] }
        }
    }

    private static func amounts(_ document: JournalEntry) -> [String: Decimal] {
        var amounts: [String: Decimal] = [:]
        for line in document.lines {
            guard let detail = line.detail, let account = detail.accountRef?.value, let amount = line.amount
            else { continue }
            amounts[account, default: 0] += detail.postingType == .debit ? amount : -amount
        }
        return amounts.filter { $0.value != 0 }
    }

    /// Others' documents are no part of it: they are in no simulated world, and scenarios don't ask.
    private mutating func compareBalances(before: [String: Decimal], after: [String: Decimal]) {
        guard unmarked.count == 1 else { return }
        for account in Set(before.keys).union(after.keys).union(expected.keys) {
            let moved = after[account, default: 0] - before[account, default: 0]
            let difference = moved - expected[account, default: 0]
            if difference != 0 { complaints.append("account \(account) differs by \(difference)") }
        }
    }
}
