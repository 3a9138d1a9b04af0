// SPDX-License-Identifier: Apache-2.0
import Foundation

/// Checks an object against its schema and keeps the fault that Intuit would report: the first one of the earliest
/// stage.
struct SchemaCheck {
    enum Stage: Int, Comparable {
        case unknownProperty, type, required, length, referenceExists, referenceActive

        static func < (left: Stage, right: Stage) -> Bool { left.rawValue < right.rawValue }
    }

    private let books: Books
    private var earliest: (stage: Stage, fault: Fault)?

    /// Throws the fault to report, looking no further than the given stage.
    static func run(
        _ members: [String: JSONValue], against schema: Schema, in books: Books, upTo last: Stage = .referenceActive
    ) throws(Fault) {
        var check = SchemaCheck(books: books)
        check.object(members, schema, path: nil)
        if let found = check.earliest, found.stage <= last { throw found.fault }
    }

    private init(books: Books) {
        self.books = books
    }

    private mutating func note(_ stage: Stage, _ fault: @autoclosure () -> Fault) {
        if let earliest, earliest.stage <= stage { return }
        earliest = (stage, fault())
    }

    // MARK: Walking

    private mutating func object(_ members: [String: JSONValue], _ schema: Schema, path: String?) {
        let unknown = members.keys.filter { schema.shape(of: $0) == nil }.min()
        if let unknown {
            note(
                .unknownProperty,
                .unknownProperty(unknown, of: schema.owner, known: schema.properties.map(\.name)))
        }
        var required = schema.required
        if let condition = schema.requiredWhen, members[condition.property] == condition.value {
            required += condition.required
        }
        for name in required where members[name]?.isBlank ?? true {
            note(.required, .missing(Self.joined(path, name)))
        }
        for property in schema.properties {
            guard let value = members[property.name] else { continue }
            check(value, property.shape, path: Self.joined(path, property.name))
        }
    }

    private mutating func check(_ value: JSONValue, _ shape: Shape, path: String) {
        if value == .null {
            // A reference may be left out, but Intuit answers a null in its place with an error.
            if case .reference = shape { note(.type, .nullReference) }
            return
        }
        switch shape {
        case .open, .readOnly: break
        case .list(let element): list(value, of: element, path: path)
        case .object(let schema): object(value, schema, path: path)
        case .party: party(value, path: path)
        case .reference(let kind): reference(value, to: kind, path: path)
        case .text, .boolean, .number, .money, .date, .choice, .currency: scalar(value, shape, path: path)
        }
    }

    private mutating func object(_ value: JSONValue, _ schema: Schema, path: String) {
        guard case .object(let members) = value else {
            return note(.type, .malformedJSON("\(path) must be an object"))
        }
        if !members.isEmpty { object(members, schema, path: path) }
    }

    private mutating func list(_ value: JSONValue, of element: Shape, path: String) {
        guard case .array(let items) = value else {
            return note(.type, .malformedJSON("\(path) must be a list"))
        }
        for item in items { check(item, element, path: path) }
    }

    // MARK: References

    private mutating func reference(_ value: JSONValue, to kind: EntityKind, path: String) {
        guard case .object(let members) = value else {
            return note(.type, .malformedJSON("\(path) must be an object with a value"))
        }
        if let unknown = members.keys.filter({ !["value", "name", "type"].contains($0) }).min() {
            let known = ["value", "name", "type"]
            note(.unknownProperty, .unknownProperty(unknown, of: "ReferenceType", known: known))
        }
        if value.isBlank { return }
        guard let text = members["value"]?.scalarText else { return note(.required, .missing("\(path).value")) }
        guard let id = Int(text) else { return note(.referenceExists, .invalidID(text, element: path)) }
        guard let object = books.object(kind, id) else {
            return note(.referenceExists, .invalidReference(kind, id: text, element: path))
        }
        if !object.keys.isActive { note(.referenceActive, .objectNotFound) }
    }

    private mutating func party(_ value: JSONValue, path: String) {
        guard case .object(let members) = value else {
            return note(.type, .malformedJSON("\(path) must be an object"))
        }
        if members.isEmpty { return }
        if let unknown = members.keys.filter({ $0 != "Type" && $0 != "EntityRef" }).min() {
            note(.unknownProperty, .unknownProperty(unknown, of: "EntityTypeRef", known: ["Type", "EntityRef"]))
        }
        guard let target = members["EntityRef"], !target.isBlank else {
            return note(.required, .missing("\(path).EntityRef"))
        }
        let type = members["Type"]?.text ?? ""
        switch type {
        case "Customer": reference(target, to: .customer, path: "\(path).EntityRef")
        case "Vendor": reference(target, to: .vendor, path: "\(path).EntityRef")
        case "": note(.required, .missing("\(path).Type"))
        default: note(.type, .enumeration("\(path).Type", value: type, allowed: ["Customer", "Vendor"]))
        }
    }

    // MARK: Scalars

    private mutating func scalar(_ value: JSONValue, _ shape: Shape, path: String) {
        if value.isBlank { return }
        switch shape {
        case .text(let max): text(value, max: max, path: path)
        case .boolean:
            if value.flag == nil { note(.type, .boolean(path)) }
        case .number:
            if value.decimal == nil { note(.type, .number(path)) }
        case .money: money(value, path: path)
        case .date: date(value, path: path)
        case .choice(let allowed):
            let text = value.scalarText ?? ""
            if !allowed.contains(text) { note(.type, .enumeration(path, value: text, allowed: allowed)) }
        case .currency:
            if value["value"]?.scalarText != "USD" { note(.length, .currency(path)) }
        case .open, .readOnly, .list, .object, .party, .reference: break
        }
    }

    private mutating func text(_ value: JSONValue, max: Int, path: String) {
        guard let text = value.scalarText else { return note(.type, .malformedJSON("\(path) must be a text")) }
        let length = text.utf16.count
        if length > max { note(.length, .length(path, max: max, supplied: length)) }
    }

    private mutating func money(_ value: JSONValue, path: String) {
        guard let amount = value.decimal else { return note(.type, .number(path)) }
        if amount.magnitude > Cents.largest.decimal { return note(.type, .amountRange(path)) }
        if Cents(exactly: amount) == nil { note(.type, .amount(path)) }
    }

    private mutating func date(_ value: JSONValue, path: String) {
        guard let text = value.text, text.utf8.count >= 10,
            text.prefix(10).allSatisfy({ $0.isASCII && ($0.isNumber || $0 == "-") })
        else { return note(.type, .dateFormat(path)) }
        if CalendarDay(parsing: text) == nil { note(.type, .dateValue(path)) }
    }

    private static func joined(_ path: String?, _ name: String) -> String {
        path.map { "\($0).\(name)" } ?? name
    }
}
