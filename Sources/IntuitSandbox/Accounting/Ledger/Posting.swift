// SPDX-License-Identifier: Apache-2.0

/// A customer or vendor a line of a document is about.
struct Party: Sendable, Hashable {
    let kind: EntityKind
    let id: Int
}

/// One line of the ledger.
///
/// Debits are positive, credits negative.
struct Posting: Sendable, Hashable {
    let account: Int
    let amount: Cents
    /// Whose receivable or payable moves; nil on accounts of other types.
    var party: Party?
}

/// The ledger lines of one document on one day.
///
/// Every kind of posting document (today journal entries; invoices, payments and deposits when they come) reaches the
/// ledger as this and in no other way, so none can unbalance it.
struct BalancedPostings: Sendable {
    let day: CalendarDay
    let lines: [Posting]

    /// Nil if debits and credits differ.
    init?(day: CalendarDay, lines: [Posting]) {
        guard lines.reduce(Cents.zero, { $0 + $1.amount }) == .zero else { return nil }
        self.day = day
        self.lines = lines
    }
}
