// SPDX-License-Identifier: Apache-2.0

/// A token or secret that doesn't print itself: not by `print`, not by string interpolation, not by `dump`, not
/// inside another value.
///
/// Call ``reveal`` where the characters are really needed.
public struct SecretString: Sendable, Hashable {
    /// The characters.
    public let reveal: String

    /// Wraps a secret.
    public init(_ secret: String) { reveal = secret }
}

extension SecretString: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    /// Always "redacted".
    public var description: String { "redacted" }
    /// Always "redacted".
    public var debugDescription: String { "redacted" }
    /// Shows no children, so that `dump` shows nothing.
    public var customMirror: Mirror { Mirror(self, children: []) }
}
