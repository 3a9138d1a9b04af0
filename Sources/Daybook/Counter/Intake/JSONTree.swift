// SPDX-License-Identifier: Apache-2.0
import Foundation

/// JSON as it came, numbers exact, so that every mistake in it can be named.
enum JSONTree: Equatable, Sendable {
    case object([String: JSONTree])
    case array([JSONTree])
    case string(String)
    /// The numeral as it was written, so that nothing of it is rounded.
    case number(String)
    case bool(Bool)
    case null

    /// What a reader would call the value, cut to what fits a message.
    var shown: String {
        switch self {
        case .object: "{…}"
        case .array: "[…]"
        case .string(let text), .number(let text): text.count > 60 ? "\(text.prefix(57))…" : text
        case .bool(let flag): "\(flag)"
        case .null: "null"
        }
    }
}

extension JSONTree: Encodable {
    func encode(to encoder: any Encoder) throws {
        var value = encoder.singleValueContainer()
        switch self {
        case .object(let members): try value.encode(members)
        case .array(let items): try value.encode(items)
        case .string(let text): try value.encode(text)
        case .number(let numeral): try Self.encode(numeral, into: &value)
        case .bool(let flag): try value.encode(flag)
        case .null: try value.encodeNil()
        }
    }

    private static func encode(_ numeral: String, into value: inout any SingleValueEncodingContainer) throws {
        guard let number = Decimal(string: numeral, locale: nil) else {
            throw EncodingError.invalidValue(
                numeral, .init(codingPath: value.codingPath, debugDescription: "not a number"))
        }
        try value.encode(number)
    }
}
