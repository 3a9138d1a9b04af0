// SPDX-License-Identifier: Apache-2.0

extension Books {
    /// What is kept of a checked object: blanks and read-only properties are dropped, dates and references brought
    /// into their one spelling.
    func content(_ members: [String: JSONValue], as schema: Schema) -> [String: JSONValue] {
        var kept: [String: JSONValue] = [:]
        for (name, value) in members {
            guard !value.isBlank, let shape = schema.shape(of: name) else { continue }
            kept[name] = content(value, as: shape)
        }
        return kept
    }

    private func content(_ value: JSONValue, as shape: Shape) -> JSONValue? {
        switch shape {
        case .readOnly: nil
        case .open, .number, .money: value
        case .text, .choice: value.scalarText.map { .string($0) }
        case .boolean: value.flag.map { .bool($0) }
        case .date: value.text.map { .string(String($0.prefix(10))) }
        case .currency: Self.homeCurrency
        case .reference(let kind): reference(value, kind)
        case .party: party(value)
        case .object(let schema): value.members.map { .object(content($0, as: schema)) }
        case .list(let shape): value.items.map { .array($0.compactMap { content($0, as: shape) }) }
        }
    }

    private func reference(_ value: JSONValue, _ kind: EntityKind) -> JSONValue? {
        value.referencedID.map { .reference($0, name: qualifiedName(kind, $0)) }
    }

    private func party(_ value: JSONValue) -> JSONValue? {
        guard let party = Party(value), let target = value["EntityRef"] else { return nil }
        return ["Type": .string(party.kind.rawValue), "EntityRef": reference(target, party.kind) ?? .null]
    }

    static let homeCurrency: JSONValue = ["value": "USD", "name": "United States Dollar"]
}

extension Party {
    /// Reads the `Entity` of a journal line.
    init?(_ value: JSONValue?) {
        guard let id = value?["EntityRef"]?.referencedID else { return nil }
        switch value?["Type"]?.text {
        case "Customer": self.init(kind: .customer, id: id)
        case "Vendor": self.init(kind: .vendor, id: id)
        default: return nil
        }
    }
}
