// SPDX-License-Identifier: Apache-2.0

extension Books {
    static let deepestLevel = 5
    static let inactiveSuffix = " (deleted)"

    /// Names from the top of the list down to the object, joined as Intuit joins them.
    func qualifiedName(_ kind: EntityKind, _ id: Int) -> String? {
        let names = lineage(kind, id).compactMap { object(kind, $0)?.keys.name }
        return names.isEmpty ? nil : names.joined(separator: ":")
    }

    /// The object's Id preceded by those of its parents, the topmost first.
    func lineage(_ kind: EntityKind, _ id: Int) -> [Int] {
        var ids: [Int] = []
        var next: Int? = id
        while let current = next, let found = object(kind, current), !ids.contains(current) {
            ids.append(current)
            next = found.keys.parent
        }
        return ids.reversed()
    }

    /// How many levels hang below the object, itself included.
    func height(_ kind: EntityKind, _ id: Int) -> Int {
        1 + (shelf(kind).byParent[id].map { height(kind, $0) }.max() ?? 0)
    }
}
