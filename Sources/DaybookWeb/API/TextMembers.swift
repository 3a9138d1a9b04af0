// SPDX-License-Identifier: Apache-2.0
import Daybook

/// A value in a body that is refused.
struct RefusedValue: Error {
    let codingPath: [any CodingKey]
    /// As it may be shown; empty for a secret.
    let value: String
    let remedy: String
}

extension KeyedDecodingContainer {
    /// A text without invisible characters.
    func text(_ key: Key) throws -> String {
        try seen(try decode(String.self, forKey: key), key) { $0 }
    }

    /// A text without invisible characters, if the member is there.
    func textIfPresent(_ key: Key) throws -> String? {
        contains(key) ? try decodeIfPresent(String.self, forKey: key).map { try seen($0, key) { $0 } } : nil
    }

    /// A pasted key or number, if it is there: spaces and line breaks in it are taken out later.
    func pastedIfPresent(_ key: Key, isSecret: Bool = false) throws -> String? {
        try decodeIfPresent(String.self, forKey: key).map { try pasted($0, key, isSecret) }
    }

    /// A pasted token.
    func pastedSecret(_ key: Key) throws -> String { try pasted(try decode(String.self, forKey: key), key, true) }

    private func pasted(_ text: String, _ key: Key, _ isSecret: Bool) throws -> String {
        try seen(text, key, isSecret: isSecret) { PastedText.cleaned($0) }
    }

    private func seen(
        _ text: String, _ key: Key, isSecret: Bool = false, _ cleaned: (String) -> String
    ) throws -> String {
        guard let character = ControlCharacters.first(in: cleaned(text)) else { return text }
        throw RefusedValue(
            codingPath: codingPath + [key], value: isSecret ? "" : ControlCharacters.marked(text),
            remedy: "remove the control character \(character)")
    }
}
