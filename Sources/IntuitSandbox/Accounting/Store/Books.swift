// SPDX-License-Identifier: Apache-2.0

/// Lists, documents and ledger of one company, and the counters that give out Ids.
struct Books: Sendable {
    private(set) var ledger = Ledger()
    private(set) var settings = CompanySettings(preferences: .null)
    private var shelves: [EntityKind: Shelf] = [:]
    private var nextIDs: [EntityKind: Int] = [.class: 5_000_000_000_000_007_280]
    private var lastStamp = Int.min
    /// Stands for the closing password a person sets in QBO: with one, a write to the closed period is refused with
    /// 6210 instead of 6200.
    var closingPasswordIsSet = false

    func shelf(_ kind: EntityKind) -> Shelf {
        shelves[kind] ?? Shelf()
    }

    func object(_ kind: EntityKind, _ id: Int) -> StoredObject? {
        shelves[kind]?[id]
    }

    /// The moment written on an object, in epoch seconds.
    ///
    /// It never runs backwards, whatever the caller's clock does.
    mutating func stamp(_ now: Int) -> Int {
        lastStamp = max(lastStamp, now)
        return lastStamp
    }

    /// A deleted object's Id is never given out again.
    mutating func nextID(_ kind: EntityKind) -> Int {
        if kind.isSingleton { return 1 }
        let id = nextIDs[kind, default: 1]
        nextIDs[kind] = id + 1
        return id
    }

    mutating func put(_ object: StoredObject, in kind: EntityKind) {
        if let old = self.object(kind, object.id)?.postings { ledger.withdraw(old) }
        if let postings = object.postings { ledger.post(postings) }
        shelves[kind, default: Shelf()].put(object)
        if kind == .preferences { settings = CompanySettings(preferences: object.content.value) }
    }

    mutating func remove(_ id: Int, from kind: EntityKind) {
        if let old = object(kind, id)?.postings { ledger.withdraw(old) }
        shelves[kind, default: Shelf()].remove(id)
    }
}
