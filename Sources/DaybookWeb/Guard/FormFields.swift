// SPDX-License-Identifier: Apache-2.0
import Foundation

/// The fields of a form or of a query string; a name may come several times.
struct FormFields: Sendable {
    private(set) var values: [String: [String]] = [:]

    init(parsing text: String) {
        // By bytes: Swift takes a sign with a combining mark beside it for one character, which is no “&” then.
        for pair in text.utf8.split(separator: UInt8(ascii: "&")) {
            let parts = pair.split(separator: UInt8(ascii: "="), maxSplits: 1, omittingEmptySubsequences: false)
            let name = Self.decoded(parts[0])
            values[name, default: []].append(parts.count == 2 ? Self.decoded(parts[1]) : "")
        }
    }

    /// The field's first value without spaces around it; nil when empty.
    subscript(_ name: String) -> String? {
        guard let text = values[name]?.first?.trimmingCharacters(in: .whitespacesAndNewlines), !text.isEmpty else {
            return nil
        }
        return text
    }

    func all(_ name: String) -> [String] { values[name] ?? [] }

    private static func decoded(_ bytes: Substring.UTF8View) -> String {
        let spaced = String(decoding: bytes.map { $0 == UInt8(ascii: "+") ? UInt8(ascii: " ") : $0 }, as: UTF8.self)
        return spaced.removingPercentEncoding ?? spaced
    }
}
