// SPDX-License-Identifier: Apache-2.0

/// Rules common to the name lists: what a name may be, whose child it is, whether it is free.
extension Books {
    /// Checks name and parent, takes what is kept as keys out of the content, and returns the keys.
    func nameKeys(
        _ kind: EntityKind, _ content: inout [String: JSONValue], replacing old: StoredObject?, forbidden: String
    ) throws(Fault) -> ObjectKeys {
        let property = kind.nameProperty
        var name = content[property]?.text ?? ""
        // A caller that sends back what it read sends the suffix too.
        if old != nil, name.hasSuffix(Self.inactiveSuffix) { name.removeLast(Self.inactiveSuffix.count) }
        if let bad = name.first(where: { forbidden.contains($0) }) {
            throw .unsupportedCharacters(property, Self.spelled(bad))
        }
        content[property] = .string(name)
        var keys = ObjectKeys()
        keys.isActive = content.removeValue(forKey: "Active")?.boolean ?? true
        keys.parent = try parent(kind, &content, of: old)
        keys.name = keys.isActive ? name : name + Self.inactiveSuffix
        if keys.isActive {
            let unique = Self.uniqueName(kind, name, under: keys.parent)
            try checkFree(unique, kind, except: old?.id)
            keys.uniqueName = unique
        }
        return keys
    }

    /// Names are compared without regard to case, in the whole list for people and below one parent elsewhere.
    private static func uniqueName(_ kind: EntityKind, _ name: String, under parent: Int?) -> String {
        let place = kind == .customer || kind == .vendor ? 0 : parent ?? 0
        return "\(place)/\(name.lowercased())"
    }

    private func checkFree(_ unique: String, _ kind: EntityKind, except own: Int?) throws(Fault) {
        // Customers and vendors share one space of names.
        let kinds: [EntityKind] = kind == .customer || kind == .vendor ? [.customer, .vendor] : [kind]
        for other in kinds {
            guard let taken = shelf(other).id(uniquelyNamed: unique) else { continue }
            if other != kind || taken != own { throw .duplicateName(kind, id: taken) }
        }
    }

    private func parent(
        _ kind: EntityKind, _ content: inout [String: JSONValue], of old: StoredObject?
    ) throws(Fault) -> Int? {
        guard let flag = kind.childFlag else { return nil }
        let isChild = content.removeValue(forKey: flag)?.boolean
        let parent = content["ParentRef"]?.referencedID
        if let isChild, isChild != (parent != nil) { throw .parentMismatch(flag) }
        guard let parent else { return nil }
        let above = lineage(kind, parent)
        if let old, above.contains(old.id) { throw .parentIsChild }
        let below = old.map { height(kind, $0.id) } ?? 1
        if above.count + below > Self.deepestLevel { throw .tooManyLevels }
        return parent
    }

    private static func spelled(_ character: Character) -> String {
        switch character {
        case "\t": "a tab"
        case "\n", "\r", "\r\n": "a line break"
        default: "the character \(character)"
        }
    }
}
