// SPDX-License-Identifier: Apache-2.0

/// One debit or credit of a transaction, with the part of the transaction that it belongs to.
///
/// Legs are gross: a bill that is paid at once is debited to the receivables and credited to them again. A document
/// shows its legs as lines, which are net.
package struct Leg: Hashable, Sendable {
    /// A part of a transaction that could be a document of its own.
    package enum Part: String, Sendable, CaseIterable {
        case bill
        case payment
        case prepayment
        case deposit
        /// A prepayment or deposit that is set off against a bill.
        case application
        case credit
        case refund
        /// Debits and credits that somebody wrote by hand.
        case journal
    }

    /// Nil for a leg that was recorded before legs had parts.
    package let part: Part?
    package let line: EntryLine

    package init(_ line: EntryLine, part: Part?) {
        self.line = line
        self.part = part
    }

    /// Only receivables that pass through one transaction are netted; the lines of a journal stay as somebody wrote
    /// them.
    fileprivate var isPassingReceivable: Bool {
        guard case .role(let role) = line.account, part != .journal else { return false }
        return role.kind == .receivablesControl
    }
}

extension Collection<Leg> {
    /// The lines of a document with these legs, all of one transaction.
    ///
    /// Receivables that are debited and credited become one last line with what stays open, or none.
    package var lines: [EntryLine] {
        let receivables = lazy.filter(\.isPassingReceivable).map(\.line)
        guard let first = receivables.first, receivables.contains(where: { $0.side != first.side }) else {
            return map(\.line)
        }
        let open = receivables.reduce(Money.zero(first.amount.currency)) { sum, line in
            line.side == .debit ? sum + line.amount : sum - line.amount
        }
        let others = filter { !$0.isPassingReceivable }.map(\.line)
        guard !open.isZero else { return others }
        let rest = EntryLine(
            store: first.store, account: first.account, side: open.isNegative ? .credit : .debit,
            amount: open.isNegative ? -open : open, text: first.text)
        return others + [rest]
    }
}
