// SPDX-License-Identifier: Apache-2.0

/// What one source has told of one store and day, so that the same day is not taken twice.
///
/// A general ledger's file holds a day of a store whole, and a monthly one holds a month whole. Where something else tells
/// of the same days, both would be posted.
package struct DayCover: Hashable, Sendable {
    package enum Kind: String, Sendable, CaseIterable {
        /// Single transactions of the day.
        case transactions
        /// The day in a general ledger's file.
        case ledgerDay = "ledger-day"
        /// The month in a general ledger's monthly file.
        case ledgerMonth = "ledger-month"
    }

    package let source: String
    package let store: StoreNumber
    /// The first day of the month for ``Kind/ledgerMonth``.
    package let date: CalendarDate
    package let kind: Kind

    package init(source: String, store: StoreNumber, date: CalendarDate, kind: Kind) {
        self.source = source
        self.store = store
        self.date = kind == .ledgerMonth ? date.firstOfMonth : date
        self.kind = kind
    }

    /// - Parameters:
    ///   - isLedger: Whether it is of a general ledger's file.
    ///   - isMonthly: Whether its file is of a whole month.
    package init(_ balanced: BalancedTransaction, isLedger: Bool = false, isMonthly: Bool = false) {
        let transaction = balanced.transaction
        let kind: Kind =
            switch (transaction.event.kind, isLedger, isMonthly) {
            case (.journal, _, true): .ledgerMonth
            case (.journal, true, false): .ledgerDay
            default: .transactions
            }
        self.init(
            source: transaction.key.source, store: transaction.key.store, date: transaction.date, kind: kind)
    }

    /// Whether a ledger's file has the name that rental systems give to a month's: `PRyymmMONTHLYONLY`.
    package static func isMonthly(fileNamed name: String) -> Bool { name.uppercased().contains("MONTHLYONLY") }

    /// The cover by which this one may not be added until a person has decided; nil when nothing tells of its days.
    ///
    /// A source that has told of the day in the same way already may go on.
    package func overlap(among known: some Sequence<DayCover>) -> DayCover? {
        var found: DayCover?
        for other in known {
            if other == self { return nil }
            if found == nil, overlaps(other) { found = other }
        }
        return found
    }

    private func overlaps(_ other: DayCover) -> Bool {
        guard store == other.store else { return false }
        switch (kind, other.kind) {
        case (.transactions, .transactions): return false
        case (.ledgerMonth, _), (_, .ledgerMonth): return date.firstOfMonth == other.date.firstOfMonth
        case (.ledgerDay, _), (_, .ledgerDay): return date == other.date && source != other.source
        }
    }
}

/// Why a transaction is not taken without a person's word: something else tells of its day already.
package struct DayOverlap: Hashable, Sendable {
    /// The transaction's date.
    package let date: CalendarDate
    package let known: DayCover

    package init(date: CalendarDate, known: DayCover) {
        self.date = date
        self.known = known
    }

    /// How programs and commands confirm; pages have a button.
    package static let option = " with --overlaps (in the API overlaps=true)"

    package func problem(line: Int?) -> IntakeProblem {
        IntakeProblem(line: line, field: "date", value: date.text, remedy: remedy)
    }

    private var remedy: String {
        "\(told), and both would be posted; decide which is right, or take this one, too\(Self.option)"
    }

    private var told: String {
        let (source, store, day) = (known.source, known.store, known.date.text)
        return switch known.kind {
        case .transactions: "“\(source)” has transactions of store \(store) on \(day) already"
        case .ledgerDay: "“\(source)” has store \(store) on \(day) in a general ledger already"
        case .ledgerMonth: "“\(source)” has store \(store) in \(day.prefix(7)) in a monthly general ledger already"
        }
    }
}

extension CalendarDate {
    package var firstOfMonth: CalendarDate { advanced(byDays: 1 - day) }

    package var lastOfMonth: CalendarDate { firstOfMonth.advanced(byDays: 31).firstOfMonth.advanced(byDays: -1) }
}

/// What a person has confirmed of transactions that are otherwise refused.
package struct IntakeConfirmation: OptionSet, Sendable {
    package let rawValue: Int

    package init(rawValue: Int) { self.rawValue = rawValue }

    /// Dates that are far from today.
    package static let farDates = IntakeConfirmation(rawValue: 1)
    /// Days that another source, or a monthly file, tells of.
    package static let overlaps = IntakeConfirmation(rawValue: 2)
    /// That these transactions stand beside what other sources tell of the same days.
    package static let beside = IntakeConfirmation(rawValue: 4)
    /// That these transactions are of a general ledger's file.
    package static let ledger = IntakeConfirmation(rawValue: 8)
}
