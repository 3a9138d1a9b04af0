// SPDX-License-Identifier: Apache-2.0

extension Books {
    mutating func create(
        _ kind: EntityKind, _ members: [String: JSONValue], _ context: WriteContext
    ) throws(Fault) -> StoredObject {
        if kind.isSingleton { throw .unsupportedOperation("create \(kind.rawValue)") }
        let schema = Schema.of(kind)
        try SchemaCheck.run(members, against: schema, in: self)
        let draft = try draft(kind, content(members, as: schema), replacing: nil, context)
        let stamp = stamp(context.now)
        let object = StoredObject(
            id: nextID(kind), created: stamp, updated: stamp, keys: draft.keys,
            content: PackedJSON(.object(draft.content)), postings: draft.postings)
        put(object, in: kind)
        return object
    }

    /// A sparse update changes what was sent; a full one clears every writable property that was not.
    mutating func update(
        _ kind: EntityKind, _ members: [String: JSONValue], _ context: WriteContext
    ) throws(Fault) -> StoredObject {
        let schema = Schema.of(kind)
        try SchemaCheck.run(members, against: schema, in: self, upTo: .type)
        let old = try current(kind, members)
        let whole = merged(kind, members, over: old)
        try SchemaCheck.run(whole, against: schema, in: self)
        let draft = try draft(kind, content(whole, as: schema), replacing: old, context)
        var object = StoredObject(
            id: old.id, created: old.created, updated: stamp(context.now), keys: draft.keys,
            content: PackedJSON(.object(draft.content)), postings: draft.postings)
        object.syncToken = old.syncToken + 1
        put(object, in: kind)
        return object
    }

    mutating func delete(
        _ kind: EntityKind, _ members: [String: JSONValue], _ context: WriteContext
    ) throws(Fault) -> Int {
        if kind.isNameList || kind.isSingleton { throw .unsupportedOperation("delete \(kind.rawValue)") }
        let old = try current(kind, members)
        if let day = old.keys.day { try checkOpen(day) }
        remove(old.id, from: kind)
        return old.id
    }

    /// The object an update or a delete is about, if the caller has seen its latest state.
    private func current(_ kind: EntityKind, _ members: [String: JSONValue]) throws(Fault) -> StoredObject {
        guard let idText = members["Id"]?.scalarText, !idText.isEmpty else { throw .missing("Id") }
        guard let id = Int(idText) else { throw .invalidID(idText) }
        guard let old = object(kind, id) else { throw .objectNotFound }
        guard let token = members["SyncToken"]?.scalarText, !token.isEmpty else { throw .missing("SyncToken") }
        if token != String(old.syncToken) { throw .stale }
        return old
    }

    private func merged(
        _ kind: EntityKind, _ members: [String: JSONValue], over old: StoredObject
    ) -> [String: JSONValue] {
        let stored = writable(kind, old)
        switch kind {
        case .preferences, .companyInfo:
            return Self.overlay(members, over: stored)
        case .account:
            // Accounts know the full update only; their type and currency cannot be cleared by leaving them out.
            let lasting = stored.filter { ["AccountType", "AccountSubType", "CurrencyRef", "Active"].contains($0.key) }
            return lasting.merging(members) { _, sent in sent }
        default:
            if members["sparse"]?.flag == true { return stored.merging(members) { _, sent in sent } }
            let lasting = stored.filter { ["Active", "TxnDate"].contains($0.key) }
            return lasting.merging(members) { _, sent in sent }
        }
    }

    /// Stored content together with the settable properties that are kept as keys.
    private func writable(_ kind: EntityKind, _ object: StoredObject) -> [String: JSONValue] {
        var members = object.content.value.members ?? [:]
        if kind.isNameList { members["Active"] = .bool(object.keys.isActive) }
        return members
    }

    /// Settings are never cleared by being left out: blocks are merged, and name-value pairs by their name.
    private static func overlay(
        _ sent: [String: JSONValue], over stored: [String: JSONValue]
    ) -> [String: JSONValue] {
        stored.merging(sent) { old, new in
            switch (old, new) {
            case (.object(let old), .object(let new)) where !new.isEmpty: .object(overlay(new, over: old))
            case (.array(let old), .array(let new)):
                .array(old.filter { pair in !new.contains { $0["Name"] == pair["Name"] } } + new)
            default: new
            }
        }
    }

    /// A closed period admits nothing new, nothing changed and nothing deleted.
    func checkOpen(_ day: CalendarDay) throws(Fault) {
        guard let closed = settings.closedUntil, day <= closed else { return }
        if closingPasswordIsSet { throw .periodClosedByPassword }
        throw .periodClosed(until: closed.text)
    }
}
