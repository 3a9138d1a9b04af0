// SPDX-License-Identifier: Apache-2.0

/// JSON as WebDriver speaks it.
enum WireValue: Sendable, Equatable {
    case null
    case flag(Bool)
    case number(Double)
    case text(String)
    case list([WireValue])
    case object([String: WireValue])

    subscript(name: String) -> WireValue? {
        guard case .object(let members) = self else { return nil }
        return members[name]
    }

    var text: String? { if case .text(let text) = self { text } else { nil } }
    var number: Double? { if case .number(let number) = self { number } else { nil } }
    var items: [WireValue] { if case .list(let items) = self { items } else { [] } }
    var isTrue: Bool { self == .flag(true) }
}

extension WireValue: Codable {
    init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        if container.decodeNil() {
            self = .null
        } else if let flag = try? container.decode(Bool.self) {  // not a flag: the next kind is tried
            self = .flag(flag)
        } else if let number = try? container.decode(Double.self) {  // not a number: the next kind is tried
            self = .number(number)
        } else if let text = try? container.decode(String.self) {  // not a text: the next kind is tried
            self = .text(text)
        } else if let items = try? container.decode([WireValue].self) {  // not a list: an object, or it is thrown
            self = .list(items)
        } else {
            self = .object(try container.decode([String: WireValue].self))
        }
    }

    func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        switch self {
        case .null: try container.encodeNil()
        case .flag(let flag): try container.encode(flag)
        case .number(let number): try container.encode(number)
        case .text(let text): try container.encode(text)
        case .list(let items): try container.encode(items)
        case .object(let members): try container.encode(members)
        }
    }
}

extension WireValue: ExpressibleByStringLiteral, ExpressibleByBooleanLiteral, ExpressibleByIntegerLiteral,
    ExpressibleByArrayLiteral, ExpressibleByDictionaryLiteral
{
    init(stringLiteral text: String) { self = .text(text) }
    init(booleanLiteral flag: Bool) { self = .flag(flag) }
    init(integerLiteral number: Int) { self = .number(Double(number)) }
    init(arrayLiteral items: WireValue...) { self = .list(items) }
    init(dictionaryLiteral members: (String, WireValue)...) {
        self = .object(Dictionary(members) { _, last in last })
    }
}
