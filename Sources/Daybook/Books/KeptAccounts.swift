// SPDX-License-Identifier: Apache-2.0

/// The QuickBooks account of a role at a store, kept by QuickBooks' id: another name or number there does no harm.
package struct KeptAccount: Hashable, Sendable {
    /// With the name it had when it was kept.
    package let account: ChosenAccount
    /// Its number when it was kept; nil for an account without one.
    package let number: AccountNumber?
    /// Whether a person has said that it is right although its type is unusual for the role.
    package let isConfirmed: Bool

    package init(account: ChosenAccount, number: AccountNumber?, isConfirmed: Bool = false) {
        self.account = account
        self.number = number
        self.isConfirmed = isConfirmed
    }
}

/// Which QuickBooks account each role has in one company, by store.
package struct KeptAccounts: Sendable, Equatable {
    package private(set) var accounts: [AccountNumbers.Slot: KeptAccount]

    package init(_ accounts: [AccountNumbers.Slot: KeptAccount] = [:]) { self.accounts = accounts }

    package subscript(slot: AccountNumbers.Slot) -> KeptAccount? {
        get { accounts[slot] }
        set { accounts[slot] = newValue }
    }

    /// The accounts that numbers lead to now and that are not kept yet.
    ///
    /// A number that leads nowhere, to several accounts, or to one that takes no entries keeps nothing.
    package func missing(
        _ numbers: AccountNumbers, usedBy stores: Set<StoreNumber>, in catalog: AccountCatalog
    ) -> [AccountNumbers.Slot: KeptAccount] {
        var found: [AccountNumbers.Slot: KeptAccount] = [:]
        for (slot, number) in numbers.used(by: stores) where accounts[slot] == nil {
            guard let account = catalog.only(number), account.kind == .other else { continue }
            found[slot] = KeptAccount(account: ChosenAccount(id: account.id, name: account.name), number: number)
        }
        return found
    }
}
