// SPDX-License-Identifier: Apache-2.0

/// The business's number for an account, as QuickBooks Online keeps it in AcctNum.
package struct AccountNumber: Hashable, Sendable, CustomStringConvertible {
    package let text: String

    /// Nil unless the text has 1 to 20 characters, no control character, and no space at either end.
    ///
    /// QuickBooks takes 7 characters in a US company and 20 in others.
    package init?(_ text: String) {
        guard (1...20).contains(text.count), text.first?.isWhitespace == false, text.last?.isWhitespace == false,
            ControlCharacters.first(in: text) == nil
        else { return nil }
        self.text = text
    }

    package var description: String { text }
}

/// Which account number each role has at each store.
///
/// Store 1 holds the defaults of all stores.
package struct AccountNumbers: Sendable, Equatable {
    package struct Slot: Hashable, Sendable {
        package let store: StoreNumber
        package let role: AccountRole

        package init(store: StoreNumber, role: AccountRole) {
            self.store = store
            self.role = role
        }
    }

    package private(set) var numbers: [Slot: AccountNumber]

    package init(_ numbers: [Slot: AccountNumber] = [:]) { self.numbers = numbers }

    /// What this store's own table says; nil where it leaves the role to store 1.
    package subscript(store: StoreNumber, role: AccountRole) -> AccountNumber? {
        get { numbers[Slot(store: store, role: role)] }
        set { numbers[Slot(store: store, role: role)] = newValue }
    }

    /// The number to post to.
    package func number(for role: AccountRole, at store: StoreNumber) -> AccountNumber? {
        Self.slots(for: role, at: store).lazy.compactMap { numbers[$0] }.first
    }

    /// Where a role's account is looked for, in this order: the narrower role wins over the plain one, and within each
    /// the store's own over store 1's.
    package static func slots(for role: AccountRole, at store: StoreNumber) -> [Slot] {
        let candidates = role.qualifier == nil ? [role] : [role, AccountRole(role.kind)]
        let stores = store == .defaults ? [store] : [store, .defaults]
        return candidates.flatMap { candidate in stores.map { Slot(store: $0, role: candidate) } }
    }

    /// What some stores post to: their own numbers, and store 1's where one of them has none.
    func used(by stores: Set<StoreNumber>) -> [Slot: AccountNumber] {
        numbers.filter { slot, _ in
            stores.contains { $0 == slot.store || (slot.store == .defaults && self[$0, slot.role] == nil) }
        }
    }
}
