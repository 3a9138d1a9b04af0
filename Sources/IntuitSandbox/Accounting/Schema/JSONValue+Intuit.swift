// SPDX-License-Identifier: Apache-2.0
import Foundation

extension JSONValue {
    /// A text, or a number written where a text belongs (Ids and SyncTokens come both ways from real clients).
    var scalarText: String? {
        switch self {
        case .string(let text): text
        case .number(let number): number.description
        case .null, .bool, .array, .object: nil
        }
    }

    /// A boolean, or its name as a text.
    var flag: Bool? {
        switch self {
        case .bool(let flag): flag
        case .string("true"): true
        case .string("false"): false
        case .null, .number, .string, .array, .object: nil
        }
    }

    /// The Id in a reference.
    var referencedID: Int? {
        self["value"]?.scalarText.flatMap { Int($0) }
    }

    static func count(_ count: Int) -> JSONValue {
        .number(Decimal(count))
    }

    static func id(_ id: Int) -> JSONValue {
        .string(String(id))
    }

    static func reference(_ id: Int, name: String?) -> JSONValue {
        var members: [String: JSONValue] = ["value": .id(id)]
        if let name { members["name"] = .string(name) }
        return .object(members)
    }
}
