// SPDX-License-Identifier: Apache-2.0

/// The chart of a QuickBooks company, as people choose accounts from it.
package struct AccountChart: Sendable {
    /// An account with its number.
    package struct Row: Sendable, Equatable {
        package let account: AccountCatalog.Account
        package let number: AccountNumber?

        /// `4000 · Rental income`, or the name of an account without a number.
        package var label: String { number.map { "\($0) · \(account.name)" } ?? account.name }

        package var choice: ChosenAccount { ChosenAccount(id: account.id, name: account.name) }
    }

    /// By number and name; inactive ones, too.
    package let rows: [Row]
    private let catalog: AccountCatalog

    package init(_ catalog: AccountCatalog) {
        self.catalog = catalog
        let numbered = catalog.accounts.flatMap { number, accounts in accounts.map { Row(account: $0, number: number) }
        }
        let unnumbered = catalog.unnumbered.map { Row(account: $0, number: nil) }
        rows = (numbered + unnumbered).sorted { one, other in
            (one.number?.text ?? "~", one.account.name) < (other.number?.text ?? "~", other.account.name)
        }
    }

    /// The accounts that an entry may post to.
    package var usable: [Row] { rows.filter { $0.account.isActive && $0.account.kind == .other } }

    /// Why a text is no account that a person may choose.
    package enum Refused: Error, Equatable, Sendable {
        case unknown(String)
        case several(String)
        case inactive(name: String)
        /// QuickBooks takes the type only with a customer or a vendor.
        case needsName(name: String, type: String)

        package var message: String {
            switch self {
            case .unknown(let text):
                "QuickBooks has no account “\(text)”. Write an account's number or its full name as QuickBooks shows it."
            case .several(let text):
                "Several accounts may be meant by “\(text)”. Write number and name: 4000 · Rental income."
            case .inactive(let name):
                "The account \(name) is inactive in QuickBooks. Make it active there, or choose another."
            case .needsName(let name, let type):
                """
                \(name) is of type \(type), which QuickBooks takes only with a customer or a vendor. Choose a control account \
                of another type.
                """
            }
        }
    }

    /// The account that a person means by its number, its full name or its label.
    package func choice(_ text: String) throws(Refused) -> ChosenAccount {
        try row(text).choice
    }

    /// The account that a person means, with its number.
    package func row(_ text: String) throws(Refused) -> Row {
        // The source plays no part in reading a text.
        let named = rows.first { $0.label == text }.map { [$0.account] }
        let meant = SourceAccount(source: "", name: text).map(catalog.candidates(for:))
        if named == nil, meant?.isContradiction == true { throw .several(text) }
        let found = named ?? meant?.accounts ?? []
        let active = found.filter(\.isActive)
        guard let account = active.first else {
            if let inactive = found.first { throw .inactive(name: inactive.name) }
            throw .unknown(text)
        }
        guard active.count == 1 else { throw .several(text) }
        guard account.kind == .other else { throw .needsName(name: account.name, type: account.type) }
        return Row(account: account, number: catalog.number(of: account))
    }

    /// The one active account with a number; nil where none or several have it.
    package func only(_ number: AccountNumber) -> Row? {
        catalog.only(number).map { Row(account: $0, number: number) }
    }

    /// The account with QuickBooks' id, if it is there.
    package func row(id: String) -> Row? {
        catalog.account(id: id).map { Row(account: $0, number: catalog.number(of: $0)) }
    }

    /// Where a name of a counter's files leads without a person's choice.
    package enum Found: Equatable, Sendable {
        case byNumber(Row)
        case byName(Row)
        /// It is of a type that QuickBooks takes only with a customer; its lines go to the control account.
        case receivable(Row)
        case nowhere
    }

    package func found(_ account: SourceAccount) -> Found {
        let meant = catalog.candidates(for: account)
        let candidates = meant.accounts.filter(\.isActive)
        guard !meant.isContradiction, candidates.count == 1,
            let row = rows.first(where: { $0.account.id == candidates[0].id })
        else {
            return .nowhere
        }
        switch row.account.kind {
        case .receivable: return .receivable(row)
        case .payable: return .nowhere
        case .other: return row.number != nil && row.number == account.number ? .byNumber(row) : .byName(row)
        }
    }

    /// The account whose name has half of a name's words, or of which the name has half the words; nil where several
    /// have as many.
    package func suggestion(for account: SourceAccount) -> Row? {
        let wanted = Self.words(of: account.memo ?? account.name)
        let scored = usable.compactMap { row -> (row: Row, score: Int)? in
            let own = Self.words(of: row.account.name)
            let common = wanted.intersection(own).count
            guard common > 0, common * 2 >= min(wanted.count, own.count) else { return nil }
            return (row, common)
        }
        let best = scored.map(\.score).max()
        let rows = scored.filter { $0.score == best }
        return rows.count == 1 ? rows[0].row : nil
    }

    /// Without words that say only what kind of account it is, and without plurals.
    static func words(of name: String) -> Set<String> {
        let words = name.lowercased().split { !$0.isLetter }.map(String.init).filter { $0.count > 2 }
        return Set(words.map(singular)).subtracting(generalWords)
    }

    private static let generalWords: Set = ["account", "and", "expense", "for", "from", "income", "the"]

    private static func singular(_ word: String) -> String {
        if word.hasSuffix("ies") { return word.dropLast(3) + "y" }
        return word.hasSuffix("s") ? String(word.dropLast()) : word
    }
}
