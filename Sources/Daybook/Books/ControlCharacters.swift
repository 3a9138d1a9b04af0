// SPDX-License-Identifier: Apache-2.0

/// Control characters and line separators, which no name, number or key may contain.
package enum ControlCharacters {
    /// The code point of the first one in a text, such as `U+0001`; nil when there is none.
    package static func first(in text: String) -> String? {
        text.unicodeScalars.first(where: isControl).map { scalar in
            let digits = String(scalar.value, radix: 16, uppercase: true)
            return "U+" + String(repeating: "0", count: max(0, 4 - digits.count)) + digits
        }
    }

    /// The text with a visible sign, U+FFFD, in the place of each.
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
