// SPDX-License-Identifier: Apache-2.0

/// Ids by a key that may be shared, each list ascending.
struct MultiIndex<Key: Hashable & Sendable>: Sendable {
    private var idsByKey: [Key: [Int]] = [:]

    subscript(key: Key) -> [Int] { idsByKey[key, default: []] }

    var keys: some Collection<Key> { idsByKey.keys }

    mutating func insert(_ key: Key?, _ id: Int) {
        guard let key else { return }
        idsByKey[key, default: []].insertAscending(id)
    }

    mutating func remove(_ key: Key?, _ id: Int) {
        guard let key else { return }
        idsByKey[key]?.removeAscending(id)
        if idsByKey[key]?.isEmpty == true { idsByKey[key] = nil }
    }
}

extension [Int] {
    /// The first position whose element is not below `value`, in an ascending array.
    func position(of value: Int) -> Int {
        partition(where: { $0 >= value })
    }

    /// The first position at which the condition is true; it has to be true at all later ones too.
    func partition(where isTrue: (Int) -> Bool) -> Int {
        var low = 0
        var high = count
        while low < high {
            let middle = (low + high) / 2
            if isTrue(self[middle]) { high = middle } else { low = middle + 1 }
        }
        return low
    }

    /// Appends in most cases, because ids grow.
    mutating func insertAscending(_ value: Int) {
        if last.map({ $0 < value }) ?? true { append(value) } else { insert(value, at: position(of: value)) }
    }

    mutating func removeAscending(_ value: Int) {
        let index = position(of: value)
        if index < count, self[index] == value { remove(at: index) }
    }
}
