// SPDX-License-Identifier: Apache-2.0
import Daybook
import Foundation

/// A problem as JSON, so that each version shows it in its own words.
struct ProblemRecord: Codable {
    var code: String
    var number: String?
    var name: String?
    /// Of an account that a counter's file names.
    var source: String?
    var sourceAccount: String?
    var role: String?
    var store: Int?
    var date: String?
    var closedThrough: String?
    var currency: String?
    var home: String?
    var type: String?

    init(_ problem: Problem) {
        code = problem.code
        switch problem {
        case .noAccountNumber(let role, let store):
            self.role = role.code
            self.store = store.value
        case .unknownStore(let store): self.store = store.value
        case .missingRoleAccount(let role, let store, let name), .inactiveRoleAccount(let role, let store, let name):
            self.role = role.code
            self.store = store.value
            self.name = name
        case .wrongAccountType(let role, let store, let name, let type):
            self.role = role.code
            self.store = store.value
            self.name = name
            self.type = type
        case .foreignAccount(let name, let currency, let home):
            self.name = name
            self.currency = currency
            self.home = home
        case .unknownAccountNumber(let number), .accountNumbersOff(let number), .ambiguousAccountNumber(let number):
            self.number = number.text
        case .inactiveAccount(let number, let name), .receivableAccount(let number, let name),
            .payableAccount(let number, let name):
            self.number = number.text
            self.name = name
        case .unknownAccountName(let account), .ambiguousAccountName(let account):
            self.source = account.source
            self.sourceAccount = account.name
        case .inactiveAccountName(let account, let name), .payableAccountName(let account, let name):
            self.source = account.source
            self.sourceAccount = account.name
            self.name = name
        case .unknownClass(let name, let store), .unknownDepartment(let name, let store):
            self.name = name
            self.store = store.value
        case .closedPeriod(let date, let closedThrough):
            self.date = date.text
            self.closedThrough = closedThrough.text
        case .foreignCurrency(let currency, let home):
            self.currency = currency.code
            self.home = home
        }
    }

    /// Nil when a part of the problem is missing or not known.
    var problem: Problem? {
        switch code {
        case "no-account-number": combine(role.flatMap(AccountRole.init(code:)), storeNumber, Problem.noAccountNumber)
        case "unknown-store": storeNumber.map(Problem.unknownStore)
        case "missing-role-account":
            ofRole { .missingRoleAccount(role: $0, store: $1, name: $2) }
        case "inactive-role-account":
            ofRole { .inactiveRoleAccount(role: $0, store: $1, name: $2) }
        case "wrong-account-type":
            type.flatMap { type in ofRole { .wrongAccountType(role: $0, store: $1, name: $2, type: type) } }
        case "foreign-account":
            name.flatMap { name in
                combine(currency, home) { .foreignAccount(name: name, currency: $0, home: $1) }
            }
        case "unknown-account-number": accountNumber.map(Problem.unknownAccountNumber)
        case "account-numbers-off": accountNumber.map(Problem.accountNumbersOff)
        case "ambiguous-account-number": accountNumber.map(Problem.ambiguousAccountNumber)
        case "inactive-account": combine(accountNumber, name, Problem.inactiveAccount)
        case "receivable-account": combine(accountNumber, name, Problem.receivableAccount)
        case "payable-account": combine(accountNumber, name, Problem.payableAccount)
        case "unknown-account-name": account.map(Problem.unknownAccountName)
        case "ambiguous-account-name": account.map(Problem.ambiguousAccountName)
        case "inactive-account-name": combine(account, name, Problem.inactiveAccountName)
        case "payable-account-name": combine(account, name, Problem.payableAccountName)
        case "unknown-class": combine(name, storeNumber, Problem.unknownClass)
        case "unknown-location": combine(name, storeNumber, Problem.unknownDepartment)
        case "closed-period":
            combine(
                date.flatMap(CalendarDate.init(text:)), closedThrough.flatMap(CalendarDate.init(text:)),
                Problem.closedPeriod)
        case "foreign-currency": combine(currency.flatMap(Currency.init(code:)), home, Problem.foreignCurrency)
        default: nil
        }
    }

    private var accountNumber: AccountNumber? { number.flatMap(AccountNumber.init) }
    private var account: SourceAccount? {
        source.flatMap { source in sourceAccount.flatMap { SourceAccount(source: source, name: $0) } }
    }
    private var storeNumber: StoreNumber? { store.flatMap(StoreNumber.init) }

    private func ofRole(_ make: (AccountRole, StoreNumber, String) -> Problem) -> Problem? {
        name.flatMap { name in
            combine(role.flatMap(AccountRole.init(code:)), storeNumber) { make($0, $1, name) }
        }
    }

    private func combine<First, Second>(
        _ first: First?, _ second: Second?, _ make: (First, Second) -> Problem
    ) -> Problem? {
        guard let first, let second else { return nil }
        return make(first, second)
    }
}

extension ProblemRecord {
    init(json: String) throws {
        do {
            self = try JSONDecoder().decode(ProblemRecord.self, from: Data(json.utf8))
        } catch {
            throw StoredValueUnreadable(what: "a problem is not readable")
        }
    }

    func json() throws -> String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = .sortedKeys
        return String(decoding: try encoder.encode(self), as: UTF8.self)
    }
}
