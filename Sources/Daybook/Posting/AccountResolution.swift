// SPDX-License-Identifier: Apache-2.0

/// Finds the QuickBooks account, class and location of every line, or the first problem that keeps a unit
/// from being sent.
///
/// It is pure.
package struct AccountResolution: Sendable {
    let numbers: AccountNumbers
    let stores: [StoreNumber: Store]
    /// The stores that somebody has told Daybook of.
    private let known: Set<StoreNumber>
    let kept: KeptAccounts
    let chosen: ChosenAccounts
    let catalog: AccountCatalog

    /// - Parameters:
    ///   - kept: The accounts that roles have in this company.
    ///   - chosen: The accounts that people chose for the names of the counters' files, in this company.
    package init(
        _ books: BooksSettings, kept: KeptAccounts = KeptAccounts(), chosen: ChosenAccounts = ChosenAccounts(),
        catalog: AccountCatalog
    ) {
        numbers = books.numbers
        let stores = books.stores
        self.kept = kept
        self.chosen = chosen
        self.stores = Dictionary(stores.map { ($0.number, $0) }, uniquingKeysWith: { first, _ in first })
        let slots = Array(numbers.numbers.keys) + kept.accounts.keys
        known = Set([.defaults] + stores.map(\.number) + slots.map(\.store))
        self.catalog = catalog
    }

    package func resolve(_ unit: PostingUnit) -> Result<ResolvedUnit, Blocked> {
        do throws(Blocked) {
            try checkDocument(unit)
            let document = try unit.export.kind.rules.resolve(unit, self)
            return .success(
                ResolvedUnit(export: unit.export, operation: unit.operation, document: document, note: unit.note))
        } catch {
            return .failure(error)
        }
    }

    /// A problem as an error, so that resolving can stop at the first.
    package struct Blocked: Error, Equatable, Sendable {
        package let problem: Problem
    }

    private func checkDocument(_ unit: PostingUnit) throws(Blocked) {
        let export = unit.export
        if export.total.currency.code != catalog.homeCurrency {
            throw Blocked(problem: .foreignCurrency(export.total.currency, home: catalog.homeCurrency))
        }
        if let closed = catalog.closedThrough, export.date <= closed {
            throw Blocked(problem: .closedPeriod(date: export.date, closedThrough: closed))
        }
    }

    /// Nil where the company has one currency, which need not be said.
    var currencyOfDocuments: String? { catalog.usesSeveralCurrencies ? catalog.homeCurrency : nil }

    func resolve(_ line: EntryLine) throws(Blocked) -> JournalEntryDocument.Line {
        let store = stores[line.store]
        return JournalEntryDocument.Line(
            accountID: try account(of: line).id, side: line.side, amount: line.amount, text: line.text,
            classID: try classID(of: store), departmentID: try departmentID(of: store))
    }

    /// The account of a line, at a store that somebody knows.
    func account(of line: EntryLine) throws(Blocked) -> AccountCatalog.Account {
        try account(line.account, at: line.store)
    }

    func account(
        _ account: EntryLine.Account, at store: StoreNumber
    ) throws(Blocked) -> AccountCatalog.Account {
        guard isKnown(store) else { throw Blocked(problem: .unknownStore(store)) }
        let found: AccountCatalog.Account
        switch account {
        case .number(let number): found = try self.account(numbered: number)
        case .role(let role): found = try self.account(of: role, at: store)
        case .named(let name): found = try self.account(named: name, at: store)
        }
        if catalog.usesSeveralCurrencies, let currency = found.currency, currency != catalog.homeCurrency {
            throw Blocked(
                problem: .foreignAccount(name: label(of: found), currency: currency, home: catalog.homeCurrency))
        }
        return found
    }

    /// Store 1 is there from the beginning; others have a name or accounts of their own.
    func isKnown(_ store: StoreNumber) -> Bool { known.contains(store) }

    private func account(of role: AccountRole, at store: StoreNumber) throws(Blocked) -> AccountCatalog.Account {
        let slots = AccountNumbers.slots(for: role, at: store)
        guard let slot = slots.first(where: { kept[$0] != nil || numbers.numbers[$0] != nil }) else {
            throw Blocked(problem: .noAccountNumber(role: role, store: store))
        }
        return try account(in: slot)
    }

    /// The account that a store's own table has for a role, if its type suits the role.
    func account(in slot: AccountNumbers.Slot) throws(Blocked) -> AccountCatalog.Account {
        let account: AccountCatalog.Account
        if let kept = kept[slot] {
            account = try self.account(kept, in: slot)
        } else if let number = numbers.numbers[slot] {
            account = try self.account(numbered: number)
        } else {
            throw Blocked(problem: .noAccountNumber(role: slot.role, store: slot.store))
        }
        guard slot.role.kind.fit(account.type) != .wrong else {
            throw Blocked(
                problem: .wrongAccountType(
                    role: slot.role, store: slot.store, name: label(of: account), type: account.type))
        }
        return account
    }

    private func account(
        _ kept: KeptAccount, in slot: AccountNumbers.Slot
    ) throws(Blocked) -> AccountCatalog.Account {
        guard let account = catalog.account(id: kept.account.id) else {
            throw Blocked(
                problem: .missingRoleAccount(role: slot.role, store: slot.store, name: kept.account.name))
        }
        guard account.isActive else {
            throw Blocked(
                problem: .inactiveRoleAccount(role: slot.role, store: slot.store, name: label(of: account)))
        }
        return account
    }

    /// `4000 · Rental income`, or the name of an account without a number.
    func label(of account: AccountCatalog.Account) -> String {
        AccountChart.Row(account: account, number: catalog.number(of: account)).label
    }

    /// The account that a counter's file means: the one that a person chose, else the one with its number, else the one
    /// with its full name.
    ///
    /// Lines on accounts receivable go to the control account, because QuickBooks takes them only with a customer.
    func account(named name: SourceAccount, at store: StoreNumber) throws(Blocked) -> AccountCatalog.Account {
        let candidates = self.candidates(for: name)
        guard !candidates.isContradiction else { throw Blocked(problem: .ambiguousAccountName(name)) }
        let active = candidates.accounts.filter(\.isActive)
        guard let account = active.first else {
            if let inactive = candidates.accounts.first {
                throw Blocked(problem: .inactiveAccountName(name, name: inactive.name))
            }
            throw Blocked(problem: .unknownAccountName(name))
        }
        guard active.count == 1 else { throw Blocked(problem: .ambiguousAccountName(name)) }
        switch account.kind {
        case .receivable: return try self.account(of: AccountRole(.receivablesControl), at: store)
        case .payable: throw Blocked(problem: .payableAccountName(name, name: account.name))
        case .other: return account
        }
    }

    private func candidates(for name: SourceAccount) -> AccountCatalog.Candidates {
        if let choice = chosen[name] {
            return .init(accounts: catalog.account(id: choice.id).map { [$0] } ?? [], isContradiction: false)
        }
        return catalog.candidates(for: name)
    }

    /// The one active account with this number that an entry may post to.
    func account(numbered number: AccountNumber) throws(Blocked) -> AccountCatalog.Account {
        let candidates = catalog.accounts[number] ?? []
        let active = candidates.filter(\.isActive)
        guard let account = active.first else {
            if let inactive = candidates.first { throw Blocked(problem: .inactiveAccount(number, name: inactive.name)) }
            throw Blocked(
                problem: catalog.usesNumbers ? .unknownAccountNumber(number) : .accountNumbersOff(number))
        }
        guard active.count == 1 else { throw Blocked(problem: .ambiguousAccountNumber(number)) }
        switch account.kind {
        case .receivable: throw Blocked(problem: .receivableAccount(number, name: account.name))
        case .payable: throw Blocked(problem: .payableAccount(number, name: account.name))
        case .other: return account
        }
    }

    func classID(of store: Store?) throws(Blocked) -> String? {
        guard let store, let name = store.className, let classes = catalog.classes else { return nil }
        guard let id = classes[name] else { throw Blocked(problem: .unknownClass(name: name, store: store.number)) }
        return id
    }

    func departmentID(of store: Store?) throws(Blocked) -> String? {
        guard let store, let name = store.departmentName, let departments = catalog.departments else { return nil }
        guard let id = departments[name] else {
            throw Blocked(problem: .unknownDepartment(name: name, store: store.number))
        }
        return id
    }
}
