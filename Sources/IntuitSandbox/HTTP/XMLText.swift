// SPDX-License-Identifier: Apache-2.0
import Foundation

/// Writes an answer as Intuit's XML: what a caller gets who doesn't ask for JSON.
enum XMLText {
    static func document(_ answer: JSONValue) -> String {
        let time = answer["time"]?.text.map { " time=\"\(escaped($0))\"" } ?? ""
        var text = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>"
        text += "<IntuitResponse xmlns=\"http://schema.intuit.com/finance/v3\"\(time)>"
        for (name, value) in sorted(answer.members ?? [:]) where name != "time" { append(name, value, to: &text) }
        return text + "</IntuitResponse>"
    }

    /// By scalar, not by Character: a quote with a combining accent on it is one Character, and still a quote.
    static func escaped(_ text: String) -> String {
        var result = String.UnicodeScalarView()
        for scalar in text.unicodeScalars {
            switch scalar {
            case "&": result.append(contentsOf: "&amp;".unicodeScalars)
            case "<": result.append(contentsOf: "&lt;".unicodeScalars)
            case ">": result.append(contentsOf: "&gt;".unicodeScalars)
            case "\"": result.append(contentsOf: "&quot;".unicodeScalars)
            case "'": result.append(contentsOf: "&#39;".unicodeScalars)
            default: result.append(scalar)
            }
        }
        return String(result)
    }

    private static func append(_ name: String, _ value: JSONValue, to text: inout String) {
        switch value {
        case .null: return
        case .bool(let flag): text += "<\(name)>\(flag)</\(name)>"
        case .number(let number): text += "<\(name)>\(number)</\(name)>"
        case .string(let string): text += "<\(name)>\(escaped(string))</\(name)>"
        case .array(let items): for item in items { append(name, item, to: &text) }
        case .object(let members): append(name, members, to: &text)
        }
    }

    private static func append(_ name: String, _ members: [String: JSONValue], to text: inout String) {
        let asAttributes = attributes[name] ?? (members["value"] == nil ? [] : ["name"])
        text += "<\(name)"
        for attribute in asAttributes {
            if let value = members[attribute]?.text { text += " \(attribute)=\"\(escaped(value))\"" }
        }
        text += ">"
        if let value = members["value"]?.text { text += escaped(value) }
        for (child, value) in sorted(members) where child != "value" && !asAttributes.contains(child) {
            append(child, value, to: &text)
        }
        text += "</\(name)>"
    }

    /// JSON members that are attributes in XML.
    ///
    /// References, too, carry their `name` as an attribute.
    private static let attributes = ["Fault": ["type"], "Error": ["code", "element"]]

    /// In the order of their names, with `Message` first, so that the text doesn't change from run to run.
    private static func sorted(_ members: [String: JSONValue]) -> [(key: String, value: JSONValue)] {
        members.sorted { left, right in
            left.key == "Message" || (right.key != "Message" && left.key < right.key)
        }
    }
}
