// SPDX-License-Identifier: Apache-2.0

extension Books {
    func accountDraft(
        _ content: [String: JSONValue], replacing old: StoredObject?
    ) throws(Fault) -> Draft {
        var content = content
        let (type, subtype) = try Self.accountType(content)
        content["AccountType"] = .string(type.rawValue)
        content["AccountSubType"] = .string(subtype)
        content["CurrencyRef"] = Self.homeCurrency
        var keys = try nameKeys(.account, &content, replacing: old, forbidden: "\":")
        keys.number = content["AcctNum"]?.text
        keys.accountType = type
        try checkType(type, subtype, parent: keys.parent, replacing: old)
        try checkNumber(keys, except: old?.id)
        return Draft(content: content, keys: keys)
    }

    func accountType(_ id: Int) -> AccountType? {
        object(.account, id)?.keys.accountType
    }

    private static func accountType(_ content: [String: JSONValue]) throws(Fault) -> (AccountType, String) {
        let given = content["AccountType"]?.text.flatMap { AccountType(rawValue: $0) }
        guard let subtype = content["AccountSubType"]?.text else {
            guard let given else { throw .accountTypeNeeded }
            return (given, given.defaultSubtype)
        }
        guard let owner = AccountType(owning: subtype), owner == given ?? owner else { throw .accountTypeMismatch }
        return (owner, subtype)
    }

    private func checkType(
        _ type: AccountType, _ subtype: String, parent: Int?, replacing old: StoredObject?
    ) throws(Fault) {
        if let parent, accountType(parent) != type {
            throw .business("A subaccount must have the same type as its parent account.")
        }
        let oldSubtype = old?.content.value["AccountSubType"]?.text
        if let oldSubtype, oldSubtype != subtype, AccountType.systemSubtypes.contains(oldSubtype) {
            throw .business("The type of this account cannot be changed, because QuickBooks itself uses it.")
        }
        if oldSubtype != subtype, AccountType.systemSubtypes.contains(subtype), holds(subtype: subtype) {
            throw .singularAccount
        }
    }

    private func holds(subtype: String) -> Bool {
        let accounts = shelf(.account)
        return accounts.ids.contains { accounts[$0]?.content.value["AccountSubType"]?.text == subtype }
    }

    private func checkNumber(_ keys: ObjectKeys, except own: Int?) throws(Fault) {
        guard let number = keys.number, keys.isActive else { return }
        let accounts = shelf(.account)
        for id in accounts.byNumber[number] where id != own && accounts[id]?.keys.isActive == true {
            throw .duplicateAccountNumber(id: id)
        }
    }
}
