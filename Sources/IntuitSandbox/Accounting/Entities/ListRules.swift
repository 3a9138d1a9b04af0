// SPDX-License-Identifier: Apache-2.0

/// Classes and departments, customers and vendors.
extension Books {
    func listDraft(
        _ kind: EntityKind, _ content: [String: JSONValue], replacing old: StoredObject?
    ) throws(Fault) -> Draft {
        var content = content
        let keys = try nameKeys(kind, &content, replacing: old, forbidden: ":")
        return Draft(content: content, keys: keys)
    }

    func personDraft(
        _ kind: EntityKind, _ content: [String: JSONValue], replacing old: StoredObject?
    ) throws(Fault) -> Draft {
        var content = content
        if content["DisplayName"] == nil {
            let parts = ["Title", "GivenName", "MiddleName", "FamilyName", "Suffix"]
            let name = parts.compactMap { content[$0]?.text }.joined(separator: " ")
            if name.isEmpty { throw .nameNeeded }
            content["DisplayName"] = .string(name)
        }
        let keys = try nameKeys(kind, &content, replacing: old, forbidden: ":\t\n\r\r\n")
        if let old, old.keys.isActive, !keys.isActive, ledger.balance(of: Party(kind: kind, id: old.id)) != .zero {
            throw .hasBalance(kind)
        }
        if content["PrintOnCheckName"] == nil { content["PrintOnCheckName"] = content["DisplayName"] }
        return Draft(content: content, keys: keys)
    }
}
