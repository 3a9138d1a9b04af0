// SPDX-License-Identifier: Apache-2.0

/// An object under query.
///
/// Most properties are found beside the packed content, which is opened once at most.
struct ObjectView {
    let object: StoredObject
    private let show: (StoredObject) -> JSONValue
    private var opened: JSONValue?

    init(_ object: StoredObject, show: @escaping (StoredObject) -> JSONValue) {
        self.object = object
        self.show = show
    }

    mutating func value(of property: QueryableProperty) -> PropertyValue {
        switch property.place {
        case .id: .id(object.id)
        case .syncToken: .id(object.syncToken)
        case .created: .moment(object.created)
        case .updated: .moment(object.updated)
        case .number: object.keys.number.map { .text($0) } ?? .absent
        case .day: object.keys.day.map { .day($0) } ?? .absent
        case .name: object.keys.name.map { .text($0) } ?? .absent
        case .isActive: .flag(object.keys.isActive)
        case .shown(let path): inside(path, as: property.type)
        }
    }

    mutating func whole() -> JSONValue {
        if let opened { return opened }
        let value = show(object)
        opened = value
        return value
    }

    private mutating func inside(_ path: [String], as type: PropertyType) -> PropertyValue {
        var value: JSONValue? = whole()
        for name in path { value = value?[name] }
        switch type {
        case .text: return value?.text.map { .text($0) } ?? .absent
        case .number: return value?.decimal.map { .number($0) } ?? .absent
        case .flag: return value?.boolean.map { .flag($0) } ?? .absent
        case .id: return value?.referencedID.map { .id($0) } ?? .absent
        case .day, .moment: return .absent
        }
    }
}
