// SPDX-License-Identifier: Apache-2.0

extension AccountResolution {
    /// Whether an export that is blocked by a problem would be blocked by the same problem now.
    func stillHas(_ problem: Problem) -> Bool {
        switch problem {
        case .noAccountNumber(let role, let store), .missingRoleAccount(let role, let store, _),
            .inactiveRoleAccount(let role, let store, _), .wrongAccountType(let role, let store, _, _):
            self.problem { () throws(Blocked) in _ = try account(.role(role), at: store) } == problem
        case .unknownStore(let store): !isKnown(store)
        case .foreignAccount(let name, let currency, let home):
            catalog.homeCurrency == home
                && catalog.all.contains { $0.currency == currency && label(of: $0) == name }
        case .unknownAccountNumber(let number), .accountNumbersOff(let number), .inactiveAccount(let number, _),
            .ambiguousAccountNumber(let number), .receivableAccount(let number, _), .payableAccount(let number, _):
            self.problem { () throws(Blocked) in _ = try account(numbered: number) } == problem
        case .unknownAccountName(let account), .inactiveAccountName(let account, _), .ambiguousAccountName(let account),
            .payableAccountName(let account, _):
            self.problem { () throws(Blocked) in _ = try self.account(named: account, at: .defaults) } == problem
        case .unknownClass(_, let store):
            self.problem { () throws(Blocked) in _ = try classID(of: stores[store]) } == problem
        case .unknownDepartment(_, let store):
            self.problem { () throws(Blocked) in _ = try departmentID(of: stores[store]) } == problem
        case .closedPeriod(_, let closedThrough): catalog.closedThrough == closedThrough
        case .foreignCurrency(let currency, let home): catalog.homeCurrency == home && currency.code != home
        }
    }

    /// What keeps a line from being sent.
    func problem(with need: AccountNeed) -> Problem? {
        problem { () throws(Blocked) in _ = try account(need.account, at: need.store) }
    }

    /// What keeps lines of a role from the account that a store's own table has for it.
    func problem(in slot: AccountNumbers.Slot) -> Problem? {
        problem(with: AccountNeed(store: slot.store, account: .role(slot.role)))
    }

    /// What is wrong with a store's class and location.
    func problems(with store: Store) -> [Problem] {
        [
            problem { () throws(Blocked) in _ = try classID(of: store) },
            problem { () throws(Blocked) in _ = try departmentID(of: store) },
        ].compactMap(\.self)
    }

    private func problem(of check: () throws(Blocked) -> Void) -> Problem? {
        do throws(Blocked) {
            try check()
            return nil
        } catch {
            return error.problem
        }
    }
}

/// A change of account numbers and stores, which may solve problems.
struct BooksChange {
    private let before: BooksSettings
    private let after: BooksSettings
    /// Numbers that some role at some store had before and has no longer.
    private let left: Set<AccountNumber>

    init(from before: BooksSettings, to after: BooksSettings) {
        self.before = before
        self.after = after
        let slots = Set(before.numbers.numbers.keys).union(after.numbers.numbers.keys)
        let stores = Set(slots.map(\.store)).union((before.stores + after.stores).map(\.number)).union([.defaults])
        var left: Set<AccountNumber> = []
        for role in Set(slots.map(\.role)) {
            for store in stores {
                guard let number = before.numbers.number(for: role, at: store),
                    number != after.numbers.number(for: role, at: store)
                else { continue }
                left.insert(number)
            }
        }
        self.left = left
    }

    /// Whether the change may have solved a problem, or replaced it by another.
    func mayClear(_ problem: Problem) -> Bool {
        switch problem {
        case .unknownStore(let store): after.knows(store)
        case .noAccountNumber(let role, let store): after.numbers.number(for: role, at: store) != nil
        case .missingRoleAccount, .inactiveRoleAccount, .wrongAccountType, .foreignAccount:
            before.numbers != after.numbers
        case .unknownAccountNumber(let number), .accountNumbersOff(let number), .inactiveAccount(let number, _),
            .ambiguousAccountNumber(let number), .receivableAccount(let number, _), .payableAccount(let number, _):
            left.contains(number)
        case .unknownClass(_, let store): before.store(store)?.className != after.store(store)?.className
        case .unknownDepartment(_, let store): before.store(store)?.departmentName != after.store(store)?.departmentName
        case .unknownAccountName, .inactiveAccountName, .ambiguousAccountName, .payableAccountName: false
        case .closedPeriod, .foreignCurrency: false
        }
    }
}

extension BooksSettings {
    fileprivate func store(_ number: StoreNumber) -> Store? { stores.first { $0.number == number } }

    fileprivate func knows(_ number: StoreNumber) -> Bool {
        store(number) != nil || numbers.numbers.keys.contains { $0.store == number }
    }
}
