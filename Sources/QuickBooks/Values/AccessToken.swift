// SPDX-License-Identifier: Apache-2.0

/// An OAuth access token, as this library needs it.
///
/// It doesn't print itself. This library neither fetches nor refreshes it.
public struct AccessToken: Sendable, Hashable {
    /// The characters.
    public let reveal: String

    /// Wraps a token.
    public init(_ token: String) { reveal = token }
}

extension AccessToken: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    /// Always "redacted".
    public var description: String { "redacted" }
    /// Always "redacted".
    public var debugDescription: String { "redacted" }
    /// Shows no children, so that `dump` shows nothing.
    public var customMirror: Mirror { Mirror(self, children: []) }
}
