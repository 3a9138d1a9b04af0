// SPDX-License-Identifier: Apache-2.0

/// An account that lines of a store post to, as the lines name it.
package struct AccountNeed: Hashable, Sendable {
    package let store: StoreNumber
    package let account: EntryLine.Account

    package init(store: StoreNumber, account: EntryLine.Account) {
        self.store = store
        self.account = account
    }
}

extension AccountNeed: Comparable {
    package static func < (left: AccountNeed, right: AccountNeed) -> Bool {
        (left.store, left.name) < (right.store, right.name)
    }

    /// The role's name, the number, or the name in a counter's files.
    package var name: String {
        switch account {
        case .role(let role): role.name
        case .number(let number): number.text
        case .named(let name): name.memo.map { "lines with the memo “\($0)”" } ?? "“\(name)”"
        }
    }
}
