// SPDX-License-Identifier: Apache-2.0

/// All objects of one kind, with indexes, so that writing and finding one cost the same however many there are.
struct Shelf: Sendable {
    private var objects: [Int: StoredObject] = [:]
    /// Ascending, which is also the order of creation.
    private(set) var ids: [Int] = []
    private(set) var byNumber = MultiIndex<String>()
    private(set) var byDay = MultiIndex<CalendarDay>()
    private(set) var byName = MultiIndex<String>()
    private(set) var byParent = MultiIndex<Int>()
    private var byUniqueName: [String: Int] = [:]

    var count: Int { objects.count }

    subscript(id: Int) -> StoredObject? { objects[id] }

    func id(uniquelyNamed name: String) -> Int? { byUniqueName[name] }

    mutating func put(_ object: StoredObject) {
        if let old = objects[object.id] { unindex(old) } else { ids.insertAscending(object.id) }
        objects[object.id] = object
        index(object)
    }

    mutating func remove(_ id: Int) {
        guard let old = objects.removeValue(forKey: id) else { return }
        unindex(old)
        ids.removeAscending(id)
    }

    /// The position in ``ids`` of the first object whose creation time satisfies the condition.
    ///
    /// Stamps never run backwards, so creation order is id order.
    func position(ofFirstCreated isReached: (Int) -> Bool) -> Int {
        ids.partition(where: { isReached(objects[$0]?.created ?? 0) })
    }

    private mutating func index(_ object: StoredObject) {
        byNumber.insert(object.keys.number, object.id)
        byDay.insert(object.keys.day, object.id)
        byName.insert(object.keys.name, object.id)
        byParent.insert(object.keys.parent, object.id)
        if let name = object.keys.uniqueName { byUniqueName[name] = object.id }
    }

    private mutating func unindex(_ object: StoredObject) {
        byNumber.remove(object.keys.number, object.id)
        byDay.remove(object.keys.day, object.id)
        byName.remove(object.keys.name, object.id)
        byParent.remove(object.keys.parent, object.id)
        if let name = object.keys.uniqueName, byUniqueName[name] == object.id { byUniqueName[name] = nil }
    }
}
