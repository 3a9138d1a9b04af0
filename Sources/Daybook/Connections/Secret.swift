// SPDX-License-Identifier: Apache-2.0

/// A token, a Client Secret, a password or another secret.
///
/// It prints as "redacted" everywhere; only ``reveal()`` gives the text.
package struct Secret: Hashable, Sendable, CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    private let text: String

    package init(_ text: String) { self.text = text }

    /// The secret itself, for the one line that sends, seals or compares it.
    package func reveal() -> String { text }

    package var description: String { "redacted" }
    package var debugDescription: String { "redacted" }
    package var customMirror: Mirror { Mirror(self, children: [:]) }
}
