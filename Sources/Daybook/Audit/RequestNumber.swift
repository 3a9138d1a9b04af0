// SPDX-License-Identifier: Apache-2.0

/// The number of one request to Daybook: it is in the answer, on the error page, and in each line that the log has of
/// it.
package struct RequestNumber: Hashable, Sendable {
    package let text: String

    /// The request that this task answers; nil for what Daybook does by itself.
    @TaskLocal package static var current: RequestNumber?

    /// A random one of 16 hex digits.
    package init(_ randomness: any Randomness) { text = randomness.bytes(8).map(Desk.hex).joined() }

    /// One that a proxy has given.
    ///
    /// - Returns: Nil unless it is 1 to 64 letters, digits, dots, underscores and hyphens of ASCII: it is written into
    ///   headers, pages and log lines.
    package init?(given text: String) {
        guard (1...64).contains(text.utf8.count), text.utf8.allSatisfy(Self.isAllowed) else { return nil }
        self.text = text
    }

    private static func isAllowed(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "."), UInt8(ascii: "_"), UInt8(ascii: "-"):
            true
        default: false
        }
    }
}
