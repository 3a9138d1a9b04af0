// SPDX-License-Identifier: Apache-2.0
import Foundation

/// JSON as it came, numbers exact, so that every mistake in it can be named.
enum JSONTree: Equatable, Sendable {
    case object([String: JSONTree])
    case array([JSONTree])
    case string(String)
    case number(Decimal)
    case bool(Bool)
    case null

    /// What a reader would call the value, cut to what fits a message.
    var shown: String {
        switch self {
        case .object: "{…}"
        case .array: "[…]"
        case .string(let text): text.count > 60 ? "\(text.prefix(57))…" : text
        case .number(let number): "\(number)"
        case .bool(let flag): "\(flag)"
        case .null: "null"
        }
    }
}

extension JSONTree: Decodable {
    init(from decoder: any Decoder) throws {
        if let keyed = try? decoder.container(keyedBy: Key.self) {  // not an object: the next form is tried
            var members: [String: JSONTree] = [:]
            for key in keyed.allKeys { members[key.stringValue] = try keyed.decode(JSONTree.self, forKey: key) }
            self = .object(members)
        } else if var list = try? decoder.unkeyedContainer() {  // not an array: the next form is tried
            var items: [JSONTree] = []
            while !list.isAtEnd { items.append(try list.decode(JSONTree.self)) }
            self = .array(items)
        } else {
            self = try Self.scalar(decoder.singleValueContainer())
        }
    }

    private static func scalar(_ value: any SingleValueDecodingContainer) throws -> JSONTree {
        if value.decodeNil() { return .null }
        // Each `try?` asks "is it this?"; the last form throws when it is none of them.
        if let text = try? value.decode(String.self) { return .string(text) }
        if let flag = try? value.decode(Bool.self) { return .bool(flag) }
        return .number(try value.decode(Decimal.self))
    }

    private struct Key: CodingKey {
        let stringValue: String
        var intValue: Int? { nil }
        init(stringValue: String) { self.stringValue = stringValue }
        init?(intValue: Int) { nil }
    }
}

extension JSONTree: Encodable {
    func encode(to encoder: any Encoder) throws {
        var value = encoder.singleValueContainer()
        switch self {
        case .object(let members): try value.encode(members)
        case .array(let items): try value.encode(items)
        case .string(let text): try value.encode(text)
        case .number(let number): try value.encode(number)
        case .bool(let flag): try value.encode(flag)
        case .null: try value.encodeNil()
        }
    }
}
