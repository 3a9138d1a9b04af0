// SPDX-License-Identifier: Apache-2.0

/// Characters that nobody sees: no name, number or key has any.
package enum ControlCharacters {
    /// The first in a text, by its number, such as `U+0001`; nil when there is none.
    package static func first(in text: String) -> String? {
        text.unicodeScalars.first(where: isControl).map { scalar in
            let digits = String(scalar.value, radix: 16, uppercase: true)
            return "U+" + String(repeating: "0", count: max(0, 4 - digits.count)) + digits
        }
    }

    /// The text with a sign that is seen in the place of each.
    package static func marked(_ text: String) -> String {
        String(String.UnicodeScalarView(text.unicodeScalars.map { isControl($0) ? "\u{FFFD}" : $0 }))
    }

    private static func isControl(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.properties.generalCategory {
        case .control, .lineSeparator, .paragraphSeparator: true
        default: false
        }
    }
}
