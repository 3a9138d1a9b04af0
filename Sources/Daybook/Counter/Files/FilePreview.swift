// SPDX-License-Identifier: Apache-2.0
import Synchronization

/// What a file holds, before anything of it is taken.
package struct FilePreview: Sendable {
    /// The money on one account.
    package struct AccountTotal: Sendable, Equatable {
        /// The account as the transactions name it: a role's name, a number, or a name of the file.
        package let account: String
        /// Nil for a role and for a number.
        package let named: SourceAccount?
        package let currency: Currency
        /// In minor units.
        package fileprivate(set) var debits: Int64 = 0
        package fileprivate(set) var credits: Int64 = 0
    }

    /// The transactions of one store and day.
    package struct DayTotal: Sendable, Equatable {
        package let store: StoreNumber
        package let date: CalendarDate
        package fileprivate(set) var transactions = 0
    }

    /// What would be taken.
    package fileprivate(set) var report = IntakeReport()
    package fileprivate(set) var transactions = 0
    /// The first ones.
    package fileprivate(set) var first: [BalancedTransaction] = []
    private var accounts: [String: AccountTotal] = [:]
    private var days: [String: DayTotal] = [:]

    package init() {}

    /// How many transactions, and how many days, are shown.
    package static let mostShown = 10

    /// By name.
    package var accountTotals: [AccountTotal] { accounts.values.sorted { $0.account < $1.account } }

    /// By day and store.
    package var dayTotals: [DayTotal] { days.values.sorted { ($0.date, $0.store) < ($1.date, $1.store) } }

    fileprivate mutating func add(_ balanced: BalancedTransaction) {
        transactions += 1
        if first.count < Self.mostShown { first.append(balanced) }
        let key = balanced.transaction.key
        let day = DayTotal(store: key.store, date: balanced.transaction.date)
        days["\(day.date) \(day.store)", default: day].transactions += 1
        for line in balanced.entry.lines {
            let name = Self.name(line.account)
            let total = AccountTotal(account: name, named: Self.named(line.account), currency: line.amount.currency)
            let place = "\(name) \(line.amount.currency.code)"
            switch line.side {
            case .debit: accounts[place, default: total].debits += line.amount.minorUnits
            case .credit: accounts[place, default: total].credits += line.amount.minorUnits
            }
        }
    }

    private static func named(_ account: EntryLine.Account) -> SourceAccount? {
        if case .named(let named) = account { named } else { nil }
    }

    private static func name(_ account: EntryLine.Account) -> String {
        switch account {
        case .role(let role): role.name
        case .number(let number): number.text
        case .named(let named): named.memo.map { "no account, memo “\($0)”" } ?? named.name
        }
    }
}

/// Adds up what a source gives while it is read.
package final class PreviewedSource: IntakeSource {
    private let source: any IntakeSource
    /// Of the pass that began last.
    private let preview = Mutex(FilePreview())

    package init(_ source: any IntakeSource) { self.source = source }

    /// What it gave so far, with what became of it.
    package func result(_ report: IntakeReport) -> FilePreview {
        preview.withLock { preview in
            preview.report = report
            return preview
        }
    }

    package func start() throws -> any IntakeRows {
        preview.withLock { $0 = FilePreview() }
        return Rows(source: self, inner: try source.start())
    }

    private struct Rows: IntakeRows {
        let source: PreviewedSource
        var inner: any IntakeRows

        mutating func next() throws -> [IntakeFile.Row]? {
            let rows = try inner.next()
            source.preview.withLock { preview in
                for row in rows ?? [] { if case .success(let balanced) = row.result { preview.add(balanced) } }
            }
            return rows
        }
    }
}
