// SPDX-License-Identifier: Apache-2.0
import Foundation

/// The fields of a form or of a query string; a name may come several times.
struct FormFields: Sendable {
    private(set) var values: [String: [String]] = [:]

    init(parsing text: String) {
        for pair in text.split(separator: "&") {
            let parts = pair.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
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

    private static func decoded(_ text: Substring) -> String {
        let spaced = text.replacing("+", with: " ")
        return String(spaced).removingPercentEncoding ?? String(spaced)
    }
}
