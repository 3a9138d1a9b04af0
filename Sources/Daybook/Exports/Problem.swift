// SPDX-License-Identifier: Apache-2.0

/// One cause, found before anything is sent, that keeps exports from going out.
package enum Problem: Hashable, Sendable {
    case noAccountNumber(role: AccountRole, store: StoreNumber)
    case unknownAccountNumber(AccountNumber)
    case inactiveAccount(AccountNumber, name: String)
    case ambiguousAccountNumber(AccountNumber)
    case receivableAccount(AccountNumber, name: String)
    case payableAccount(AccountNumber, name: String)
    case unknownClass(name: String, store: StoreNumber)
    case unknownDepartment(name: String, store: StoreNumber)
    case closedPeriod(date: CalendarDate, closedThrough: CalendarDate)
    case foreignCurrency(Currency, home: String)

    /// What is wrong and what to do, for the bookkeeper.
    package var explanation: String {
        switch self {
        case .noAccountNumber(let role, let store):
            "No account number is set for \(role.name) at store \(store). Enter it under Account Numbers."
        case .unknownAccountNumber(let number):
            """
            QuickBooks Online has no account with the number \(number). Add the number to the account in QuickBooks, \
            or correct it under Account Numbers.
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

    /// The kind of the cause, as it is stored and as programs read it.
    package var code: String {
        switch self {
        case .noAccountNumber: "no-account-number"
        case .unknownAccountNumber: "unknown-account-number"
        case .inactiveAccount: "inactive-account"
        case .ambiguousAccountNumber: "ambiguous-account-number"
        case .receivableAccount: "receivable-account"
        case .payableAccount: "payable-account"
        case .unknownClass: "unknown-class"
        case .unknownDepartment: "unknown-location"
        case .closedPeriod: "closed-period"
        case .foreignCurrency: "foreign-currency"
        }
    }
}
