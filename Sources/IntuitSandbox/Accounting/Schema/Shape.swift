// SPDX-License-Identifier: Apache-2.0

/// What a property may hold.
indirect enum Shape: Sendable {
    /// A text of at most so many characters.
    ///
    /// Numbers are taken as text, as Intuit's reader does.
    case text(Int)
    case boolean
    case number
    /// A number of at most two decimals and 99,999,999,999.
    case money
    case date
    case choice([String])
    /// `{"value": Id}` of an object of that kind; `name` and `type` in it are not looked at.
    case reference(EntityKind)
    /// `{"Type": "Customer", "EntityRef": {"value": Id}}`
    case party
    case currency
    case object(Schema)
    case list(Shape)
    /// Stored and given back as it came.
    case open
    /// Known to Intuit but not the caller's to set: silently ignored.
    case readOnly
}

/// The properties of an object, in a fixed order so that the first fault is always the same one.
struct Schema: Sendable {
    struct Property: Sendable {
        let name: String
        let shape: Shape
    }

    /// The name in Intuit's class list, as faults print it.
    let owner: String
    let properties: [Property]
    let required: [String]
    /// More that is required when a property has a certain value.
    let requiredWhen: Condition?
    private let shapes: [String: Shape]

    struct Condition: Sendable {
        let property: String
        let value: JSONValue
        let required: [String]
    }

    init(
        _ owner: String, required: [String] = [], requiredWhen: Condition? = nil, _ groups: [(Shape, String)]
    ) {
        self.owner = owner
        self.required = required
        self.requiredWhen = requiredWhen
        properties = groups.flatMap { shape, names in
            names.split(separator: " ").map { Property(name: String($0), shape: shape) }
        }
        shapes = Dictionary(properties.map { ($0.name, $0.shape) }, uniquingKeysWith: { first, _ in first })
    }

    func shape(of name: String) -> Shape? {
        shapes[name]
    }

    /// Whether a dotted property, spelled without regard to case, is one of ours, queryable or not.
    func knows(_ dotted: String) -> Bool {
        let parts = dotted.split(separator: ".", maxSplits: 1).map { $0.lowercased() }
        guard let first = parts.first, let property = properties.first(where: { $0.name.lowercased() == first })
        else { return false }
        guard parts.count == 2 else { return true }
        return property.shape.schema?.knows(parts[1]) ?? true
    }
}

extension Shape {
    /// The schema inside an object or a list of objects.
    var schema: Schema? {
        switch self {
        case .object(let schema): schema
        case .list(let shape): shape.schema
        default: nil
        }
    }
}
