// SPDX-License-Identifier: Apache-2.0

/// A debit or credit to one account.
package struct EntryLine: Hashable, Sendable {
    package enum Side: String, Sendable, CaseIterable {
        case debit, credit
    }

    /// Where a line posts: to the number that a role has at the line's store, to a number that the line names, or to the
    /// account that a counter's file names.
    package enum Account: Hashable, Sendable {
        case role(AccountRole)
        case number(AccountNumber)
        case named(SourceAccount)
    }

    package let store: StoreNumber
    package let account: Account
    package let side: Side
    /// Always more than zero.
    package let amount: Money
    package let text: String

    package init(store: StoreNumber, account: Account, side: Side, amount: Money, text: String) {
        self.store = store
        self.account = account
        self.side = side
        self.amount = amount
        self.text = text
    }
}

/// Debits and credits of one transaction, equal by construction: an entry that does not balance
/// cannot be built.
package struct Entry: Hashable, Sendable {
    package let currency: Currency
    /// At least two, or none where all amounts of the transaction are zero.
    package let legs: [Leg]

    package init(currency: Currency, legs: [Leg]) throws(EntryError) {
        let lines = legs.map(\.line)
        guard lines.count != 1 else { throw .tooFewLines }
        for line in lines {
            guard line.amount.currency == currency else { throw .mixedCurrencies }
            guard line.amount.minorUnits > 0 else { throw .amountNotPositive }
        }
        let debits = Self.total(lines, .debit, currency)
        let credits = Self.total(lines, .credit, currency)
        guard debits == credits else { throw .unbalanced(debits: debits, credits: credits) }
        self.currency = currency
        self.legs = legs
    }

    /// What a document of the whole transaction shows of the legs; empty when they net to nothing.
    package var lines: [EntryLine] { legs.lines }

    /// The sum of the lines' debits, which is the sum of their credits.
    package var total: Money { Self.total(lines, .debit, currency) }

    private static func total(_ lines: [EntryLine], _ side: EntryLine.Side, _ currency: Currency) -> Money {
        lines.lazy.filter { $0.side == side }.map(\.amount).total(currency)
    }
}

package enum EntryError: Error, Equatable, Sendable {
    case tooFewLines
    case mixedCurrencies
    case amountNotPositive
    case unbalanced(debits: Money, credits: Money)

    package var message: String {
        switch self {
        case .tooFewLines: "An entry needs at least one debit and one credit."
        case .mixedCurrencies: "All lines of an entry must be in one currency."
        case .amountNotPositive: "Every line of an entry needs an amount above zero."
        case .unbalanced(let debits, let credits):
            "Debits (\(debits.text)) and credits (\(credits.text)) differ by \((debits - credits).text); make them equal."
        }
    }
}
