// SPDX-License-Identifier: Apache-2.0

/// One cause, found before anything is sent, that keeps exports from going out.
package enum Problem: Hashable, Sendable {
    case unknownStore(StoreNumber)
    case noAccountNumber(role: AccountRole, store: StoreNumber)
    /// The account that a role was given is no longer in QuickBooks.
    case missingRoleAccount(role: AccountRole, store: StoreNumber, name: String)
    case inactiveRoleAccount(role: AccountRole, store: StoreNumber, name: String)
    case wrongAccountType(role: AccountRole, store: StoreNumber, name: String, type: String)
    case foreignAccount(name: String, currency: String, home: String)
    case unknownAccountNumber(AccountNumber)
    case accountNumbersOff(AccountNumber)
    case inactiveAccount(AccountNumber, name: String)
    case ambiguousAccountNumber(AccountNumber)
    case receivableAccount(AccountNumber, name: String)
    case payableAccount(AccountNumber, name: String)
    case unknownAccountName(SourceAccount)
    case inactiveAccountName(SourceAccount, name: String)
    case ambiguousAccountName(SourceAccount)
    case payableAccountName(SourceAccount, name: String)
    case unknownClass(name: String, store: StoreNumber)
    case unknownDepartment(name: String, store: StoreNumber)
    case closedPeriod(date: CalendarDate, closedThrough: CalendarDate)
    case foreignCurrency(Currency, home: String)

    /// What is wrong and what to do, for the bookkeeper.
    package var explanation: String {
        switch self {
        case .unknownStore(let store):
            """
            Store \(store) is new to Daybook, and its transactions wait. Confirm it under Account Numbers with its name and its \
            company, or correct the number where it is written.
            """
        case .missingRoleAccount(let role, let store, let name):
            """
            The account \(name), which \(role.name) has at store \(store), is no longer in QuickBooks Online. Choose another \
            under Account Numbers.
            """
        case .inactiveRoleAccount(let role, let store, let name):
            """
            The account \(name), which \(role.name) has at store \(store), is inactive in QuickBooks Online. Make it active \
            there, or choose another under Account Numbers.
            """
        case .wrongAccountType(let role, let store, let name, let type):
            """
            \(role.name) at store \(store) goes to \(name), which is of type \(type). Choose an account of type \
            \(Self.listed(role.kind.usualTypes)) under Account Numbers.
            """
        case .foreignAccount(let name, let currency, let home):
            """
            The account \(name) is kept in \(currency) in QuickBooks Online, and entries are in \(home). Choose an account \
            that is kept in \(home).
            """
        case .noAccountNumber(let role, let store):
            "No account number is set for \(role.name) at store \(store). Enter it under Account Numbers."
        case .unknownAccountNumber(let number):
            """
            QuickBooks Online has no account with the number \(number). Add the number to the account in QuickBooks, \
            or correct it under Account Numbers.
            """
        case .accountNumbersOff(let number):
            """
            QuickBooks Online has account numbers switched off, and no account there has the number \(number). Turn them on \
            in QuickBooks under Account and settings › Advanced › Chart of accounts, and give the account its number.
            """
        case .inactiveAccount(let number, let name):
            """
            Account \(number) (\(name)) is inactive in QuickBooks Online. Make it active there, or choose another \
            under Account Numbers.
            """
        case .ambiguousAccountNumber(let number):
            "Several QuickBooks Online accounts have the number \(number). Give each account its own number there."
        case .receivableAccount(let number, let name):
            """
            Account \(number) (\(name)) is an Accounts Receivable account, which QuickBooks Online takes only with a \
            customer. Use a control account of type Other Current Asset under Account Numbers.
            """
        case .payableAccount(let number, let name):
            """
            Account \(number) (\(name)) is an Accounts Payable account, which QuickBooks Online takes only with a \
            vendor. Choose another under Account Numbers.
            """
        case .unknownAccountName(let account): Self.unknown(account)
        case .inactiveAccountName(let account, let name):
            """
            “\(account)” in the files of \(account.source) means the account \(name), which is inactive in QuickBooks \
            Online. Make it active there, or choose another under Account Names.
            """
        case .ambiguousAccountName(let account):
            """
            Several QuickBooks Online accounts may be meant by “\(account)” in the files of \(account.source). Choose one \
            under Account Names.
            """
        case .payableAccountName(let account, let name):
            """
            “\(account)” in the files of \(account.source) means \(name), an Accounts Payable account, which QuickBooks \
            Online takes only with a vendor. Choose an account of type Other Current Liability under Account Names.
            """
        case .unknownClass(let name, let store):
            """
            QuickBooks Online has no active class named “\(name)” (store \(store)). Add it there, or correct the \
            store under Account Numbers.
            """
        case .unknownDepartment(let name, let store):
            """
            QuickBooks Online has no active location named “\(name)” (store \(store)). Add it there, or correct the \
            store under Account Numbers.
            """
        case .closedPeriod(let date, let closedThrough):
            """
            The books are closed through \(closedThrough) in QuickBooks Online and this is dated \(date). Reopen \
            the period there; this then goes out by itself. Or press Hold, and only then enter it with an open date.
            """
        case .foreignCurrency(let currency, let home):
            "The amounts are in \(currency) but the company keeps its books in \(home). Enter them in \(home)."
        }
    }

    /// `Income or Other Income`.
    private static func listed(_ types: [AccountType]) -> String {
        let names = types.map(\.rawValue)
        guard names.count > 1 else { return names[0] }
        return "\(names.dropLast().joined(separator: ", ")) or \(names[names.count - 1])"
    }

    private static func unknown(_ account: SourceAccount) -> String {
        if let memo = account.memo {
            return """
                The files of \(account.source) have lines without an account and with the memo “\(memo)”. Choose their \
                account under Account Names.
                """
        }
        return """
            QuickBooks Online has no account “\(account)”, which the files of \(account.source) name. Choose the account \
            that it means under Account Names.
            """
    }

    /// The kind of the cause, as it is stored and as programs read it.
    package var code: String {
        switch self {
        case .unknownStore: "unknown-store"
        case .noAccountNumber: "no-account-number"
        case .missingRoleAccount: "missing-role-account"
        case .inactiveRoleAccount: "inactive-role-account"
        case .wrongAccountType: "wrong-account-type"
        case .foreignAccount: "foreign-account"
        case .unknownAccountNumber: "unknown-account-number"
        case .accountNumbersOff: "account-numbers-off"
        case .inactiveAccount: "inactive-account"
        case .ambiguousAccountNumber: "ambiguous-account-number"
        case .receivableAccount: "receivable-account"
        case .payableAccount: "payable-account"
        case .unknownAccountName: "unknown-account-name"
        case .inactiveAccountName: "inactive-account-name"
        case .ambiguousAccountName: "ambiguous-account-name"
        case .payableAccountName: "payable-account-name"
        case .unknownClass: "unknown-class"
        case .unknownDepartment: "unknown-location"
        case .closedPeriod: "closed-period"
        case .foreignCurrency: "foreign-currency"
        }
    }
}
