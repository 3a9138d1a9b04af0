// SPDX-License-Identifier: Apache-2.0

/// A condition whose property exists and whose literals have been read.
struct QueryTest: Sendable {
    let property: QueryableProperty
    let comparison: Query.Comparison
    let values: [PropertyValue]
    private let pattern: LikePattern?

    init(_ condition: Query.Condition, of kind: EntityKind) throws(Fault) {
        let property = try QueryableProperty.find(condition.property, of: kind)
        self.property = property
        comparison = condition.comparison
        if condition.comparison == .like {
            guard property.type == .text else {
                throw .query("operator LIKE is not supported for property '\(condition.property)'")
            }
            pattern = LikePattern(condition.values.first ?? "")
        } else {
            pattern = nil
        }
        var values: [PropertyValue] = []
        for literal in condition.values {
            guard let value = property.type.value(of: literal) else {
                throw .query("value '\(literal)' is not valid for property '\(condition.property)'")
            }
            values.append(value)
        }
        self.values = values
    }

    func holds(for view: inout ObjectView) -> Bool {
        let found = view.value(of: property)
        if found == .absent { return false }
        guard let value = values.first else { return false }
        switch comparison {
        case .equal: return found == value
        case .less: return found < value
        case .greater: return found > value
        case .lessOrEqual: return found <= value
        case .greaterOrEqual: return found >= value
        case .oneOf: return values.contains(found)
        case .like:
            guard case .text(let text) = found else { return false }
            return pattern?.matches(text) ?? false
        }
    }
}

/// `%` stands for any run of characters; there is no other wildcard.
struct LikePattern: Sendable {
    private let parts: [String]

    init(_ pattern: String) {
        parts = pattern.lowercased().split(separator: "%", omittingEmptySubsequences: false).map(String.init)
    }

    func matches(_ text: String) -> Bool {
        var rest = Substring(text.lowercased())
        guard let first = parts.first, let last = parts.last else { return false }
        if parts.count == 1 { return rest == first }
        guard rest.hasPrefix(first) else { return false }
        rest = rest.dropFirst(first.count)
        for part in parts.dropFirst().dropLast() where !part.isEmpty {
            guard let range = rest.firstRange(of: part) else { return false }
            rest = rest[range.upperBound...]
        }
        return rest.hasSuffix(last)
    }
}
