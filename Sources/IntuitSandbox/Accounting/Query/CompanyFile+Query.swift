// SPDX-License-Identifier: Apache-2.0

extension CompanyFile {
    private static let mostResults = 1_000

    /// The member `QueryResponse` of an answer or of a batch item.
    func queryResponse(to text: String) throws(Fault) -> JSONValue {
        let query = try QueryParser.parse(text)
        guard let kind = EntityKind(queryName: query.entity) else {
            throw .query("Invalid context declaration: \(query.entity)")
        }
        if query.startPosition < 1 { throw .tooSmall(query.startPosition) }
        if query.maxResults < 1 { throw .tooSmall(query.maxResults) }
        if case .properties(let names) = query.projection {
            for name in names where !Self.isKnown(name, of: kind) { throw .unknownProperty(name, in: kind) }
        }
        let found = try matches(query, kind)
        if query.projection == .count { return ["totalCount": .count(found.count)] }
        return page(found, query, kind)
    }

    /// The answer always has all properties, but those that are asked for must exist.
    private static func isKnown(_ name: String, of kind: EntityKind) -> Bool {
        let known: Set = ["id", "metadata.createtime", "metadata.lastupdatedtime"]
        return known.contains(name.lowercased()) || Schema.of(kind).knows(name)
    }

    private func matches(_ query: Query, _ kind: EntityKind) throws(Fault) -> [Int] {
        let shelf = books.shelf(kind)
        var tests: [QueryTest] = []
        for condition in query.conditions { tests.append(try QueryTest(condition, of: kind)) }
        var order: [(property: QueryableProperty, descending: Bool)] = []
        for item in query.order { order.append((try .find(item.property, of: kind), item.descending)) }

        // Inactive names are hidden unless the query speaks of Active.
        let hidesInactive = !tests.contains { if case .isActive = $0.property.place { true } else { false } }
        let ids = Candidates(shelf: shelf).ids(for: tests).filter { id in
            guard let object = shelf[id], object.keys.isActive || !hidesInactive else { return false }
            var view = ObjectView(object) { shown(kind, $0) }
            return tests.allSatisfy { $0.holds(for: &view) }
        }
        return order.isEmpty ? Array(ids) : sorted(ids, by: order, kind)
    }

    private func sorted(
        _ ids: [Int], by order: [(property: QueryableProperty, descending: Bool)], _ kind: EntityKind
    ) -> [Int] {
        let shelf = books.shelf(kind)
        let keyed = ids.compactMap { id -> (id: Int, values: [PropertyValue])? in
            guard let object = shelf[id] else { return nil }
            var view = ObjectView(object) { shown(kind, $0) }
            return (id, order.map { view.value(of: $0.property) })
        }
        return keyed.sorted { left, right in
            for (index, item) in order.enumerated() where left.values[index] != right.values[index] {
                let ascends = left.values[index] < right.values[index]
                return ascends != item.descending
            }
            return left.id < right.id
        }.map(\.id)
    }

    private func page(_ found: [Int], _ query: Query, _ kind: EntityKind) -> JSONValue {
        let shelf = books.shelf(kind)
        let count = min(query.maxResults, Self.mostResults)
        let objects = found.dropFirst(query.startPosition - 1).prefix(count).compactMap { shelf[$0] }
        if objects.isEmpty { return [:] }
        return .object([
            kind.rawValue: .array(objects.map { shown(kind, $0) }),
            "startPosition": .count(query.startPosition),
            "maxResults": .count(objects.count),
        ])
    }
}
