// SPDX-License-Identifier: Apache-2.0

/// The token endpoint's answer before anybody has looked at it.
///
/// It exists so that a caller can write the exact bytes to disk first. A refresh may have replaced
/// the refresh token on Intuit's side; a program that dies between reading and storing would lose it.
/// Interpreting is pure, so it can be done again from the stored bytes.
public struct RawTokenAnswer: Sendable, Equatable {
    /// The HTTP status.
    public let status: Int
    /// Intuit's trace id, if it sent one.
    public let intuitTID: String?
    /// The body.
    ///
    /// It may hold tokens: seal it before it touches a disk.
    public let body: [UInt8]

    /// An answer, as received or as read back from a journal.
    public init(status: Int, intuitTID: String? = nil, body: [UInt8]) {
        self.status = status
        self.intuitTID = intuitTID
        self.body = body
    }
}

extension RawTokenAnswer: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    /// The status and the length, never the body.
    public var description: String { "RawTokenAnswer(status: \(status), \(body.count) bytes, redacted)" }
    /// The same as ``description``.
    public var debugDescription: String { description }
    /// Shows no body, so that `dump` shows none.
    public var customMirror: Mirror { Mirror(self, children: ["status": status]) }
}
