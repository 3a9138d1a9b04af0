// SPDX-License-Identifier: Apache-2.0

/// Finds the QuickBooks account, class and location of every line, or the first problem that keeps a unit
/// from being sent.
///
/// It is pure.
package struct AccountResolution: Sendable {
    let numbers: AccountNumbers
    let stores: [StoreNumber: Store]
    let catalog: AccountCatalog

    package init(numbers: AccountNumbers, stores: [Store], catalog: AccountCatalog) {
        self.numbers = numbers
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
        try account(numbered: try number(of: line))
    }

    /// The one active account with this number that an entry may post to.
    func account(numbered number: AccountNumber) throws(Blocked) -> AccountCatalog.Account {
        let candidates = catalog.accounts[number] ?? []
        let active = candidates.filter(\.isActive)
        guard let account = active.first else {
            if let inactive = candidates.first { throw Blocked(problem: .inactiveAccount(number, name: inactive.name)) }
            throw Blocked(problem: .unknownAccountNumber(number))
        }
        guard active.count == 1 else { throw Blocked(problem: .ambiguousAccountNumber(number)) }
        switch account.kind {
        case .receivable: throw Blocked(problem: .receivableAccount(number, name: account.name))
        case .payable: throw Blocked(problem: .payableAccount(number, name: account.name))
        case .other: return account
        }
    }

    private func number(of line: EntryLine) throws(Blocked) -> AccountNumber {
        switch line.account {
        case .number(let number): return number
        case .role(let role):
            guard let number = numbers.number(for: role, at: line.store) else {
                throw Blocked(problem: .noAccountNumber(role: role, store: line.store))
            }
            return number
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
