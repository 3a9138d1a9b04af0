// SPDX-License-Identifier: Apache-2.0

/// How a company's transactions become documents: transactions in, units out.
///
/// Every leg is in exactly one unit. A transaction without legs, whose amounts are all zero, is in exactly one, too.
package enum PostingMode: String, Sendable, CaseIterable {
    /// One journal entry for each transaction, as soon as it comes in.
    case realTime = "real-time"

    /// The documents that deliver a transaction.
    package func units(of balanced: BalancedTransaction) -> [PlannedUnit] {
        switch self {
        case .realTime:
            let (date, entry) = (balanced.transaction.date, balanced.entry)
            let total = entry.total
            return [
                PlannedUnit(
                    part: .entry, kind: .journalEntry, operation: .create, date: date, total: total,
                    legs: Array(entry.legs.indices), state: total.isZero ? .nothingToPost : .pending)
            ]
        }
    }
}

/// A document that is to be made of a transaction, before it has an id and a number.
package struct PlannedUnit: Sendable, Equatable {
    package let part: DocumentPart
    package let kind: DocumentKind
    package let operation: DocumentOperation
    package let date: CalendarDate
    /// The sum of the debits of its lines.
    package let total: Money
    /// Indexes into the entry's legs.
    package let legs: [Int]
    package let state: InitialState
}

/// The state in which an export begins.
package enum InitialState: Sendable, Hashable, CaseIterable {
    case pending
    /// Its day is still open.
    case collecting
    /// Its legs net to nothing, or it has none.
    case nothingToPost

    package var exportState: ExportState {
        switch self {
        case .pending: .pending
        case .collecting: .collecting
        case .nothingToPost: .nothingToPost
        }
    }
}
