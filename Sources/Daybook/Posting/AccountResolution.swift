// SPDX-License-Identifier: Apache-2.0

/// Finds the QuickBooks account, class and location of every line, or the first problem that keeps a unit
/// from being sent.
///
/// It is pure.
package struct AccountResolution: Sendable {
    let numbers: AccountNumbers
    let stores: [StoreNumber: Store]
    let chosen: ChosenAccounts
    let catalog: AccountCatalog

    /// - Parameter chosen: The accounts that people chose for the names of the counters' files, in this company.
    package init(
        numbers: AccountNumbers, stores: [Store], chosen: ChosenAccounts = ChosenAccounts(), catalog: AccountCatalog
    ) {
        self.numbers = numbers
        self.chosen = chosen
        self.stores = Dictionary(stores.map { ($0.number, $0) }, uniquingKeysWith: { first, _ in first })
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

    func resolve(_ line: EntryLine) throws(Blocked) -> JournalEntryDocument.Line {
        let store = stores[line.store]
        return JournalEntryDocument.Line(
            accountID: try account(of: line).id, side: line.side, amount: line.amount, text: line.text,
            classID: try classID(of: store), departmentID: try departmentID(of: store))
    }

    private func account(of line: EntryLine) throws(Blocked) -> AccountCatalog.Account {
        switch line.account {
        case .number(let number): try account(numbered: number)
        case .role(let role): try account(of: role, at: line.store)
        case .named(let name): try account(named: name, at: line.store)
        }
    }

    private func account(of role: AccountRole, at store: StoreNumber) throws(Blocked) -> AccountCatalog.Account {
        guard let number = numbers.number(for: role, at: store) else {
            throw Blocked(problem: .noAccountNumber(role: role, store: store))
        }
        return try account(numbered: number)
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
