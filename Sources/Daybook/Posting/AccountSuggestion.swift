// SPDX-License-Identifier: Apache-2.0

/// An account of the chart that a role may be meant to have, with the reason.
package struct AccountSuggestion: Sendable, Equatable {
    package enum Reason: Sendable, Equatable {
        /// It has the number that rental businesses commonly give the role, and a type that is usual for it.
        case usualNumber
        /// Its name has words of the role's name, and its type is usual for the role.
        case name
    }

    package let row: AccountChart.Row
    package let reason: Reason

    /// As the end of a sentence.
    package var words: String {
        switch reason {
        case .usualNumber: "it has the usual number and type"
        case .name: "its name has the same words, and its type is usual"
        }
    }
}

extension AccountChart {
    /// The account that a role at a store may be meant to have; nil where none or several are as likely.
    package func suggestion(for slot: AccountNumbers.Slot) -> AccountSuggestion? {
        if let number = AccountNumbers.standardRental.numbers[slot], let row = only(number), isUsual(row, slot.role) {
            return AccountSuggestion(row: row, reason: .usualNumber)
        }
        // What stores and narrowed roles have beside store 1's is not told by a name.
        guard slot.store == .defaults, slot.role.qualifier == nil else { return nil }
        return named(slot.role).map { AccountSuggestion(row: $0, reason: .name) }
    }

    private func isUsual(_ row: Row, _ role: AccountRole) -> Bool {
        row.account.kind == .other && role.kind.fit(row.account.type) == .usual
    }

    /// The account whose name has most of the words of a role's name and fewest others.
    private func named(_ role: AccountRole) -> Row? {
        let wanted = Self.words(of: role.name)
        let scored = usable.filter { isUsual($0, role) }.compactMap { row -> (row: Row, score: Int)? in
            let own = Self.words(of: row.account.name)
            let common = wanted.intersection(own).count
            guard common > 0, common * 2 >= wanted.count else { return nil }
            return (row, common * 100 - own.count)
        }
        let best = scored.map(\.score).max()
        let rows = scored.filter { $0.score == best }
        return rows.count == 1 ? rows[0].row : nil
    }
}
