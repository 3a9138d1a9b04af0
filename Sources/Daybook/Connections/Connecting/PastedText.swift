// SPDX-License-Identifier: Apache-2.0

/// Texts that people paste bring spaces and line breaks along, which are never part of a key or a token.
package enum PastedText {
    /// The text without any whitespace.
    package static func cleaned(_ text: String) -> String { text.filter { !$0.isWhitespace } }

    /// A sentence for each text that ``cleaned(_:)`` shortens; blank texts are left out.
    package static func cleanings(_ texts: [(name: String, text: String?)]) -> [String] {
        texts.filter { _, text in
            guard let text else { return false }
            return text.contains(where: \.isWhitespace) && !text.allSatisfy(\.isWhitespace)
        }.map { "The \($0.name) contained spaces or line breaks; they were removed." }
    }
}
