// SPDX-License-Identifier: Apache-2.0

/// Texts that people paste bring spaces and line breaks along, which are never part of a key or a token.
enum PastedText {
    /// The names of the texts out of which something is taken.
    static func cleaned(_ texts: [(name: String, text: String?)]) -> [String] {
        texts.filter { _, text in
            guard let text else { return false }
            return text.contains(where: \.isWhitespace) && !text.allSatisfy(\.isWhitespace)
        }.map(\.name)
    }
}
