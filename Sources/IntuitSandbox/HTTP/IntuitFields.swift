// SPDX-License-Identifier: Apache-2.0
import HTTPTypes

/// Header fields of Intuit's own.
enum IntuitFields {
    /// Asks the token endpoint to say when the consent itself ends.
    ///
    /// It is never nil, because the name is a valid token.
    static let hardExpiry = HTTPField.Name("x-include-refresh-token-hard-expires-in")
    static let uncached = [
        ("Cache-Control", "no-cache, no-store"), ("Pragma", "no-cache"),
        ("Strict-Transport-Security", "max-age=15552000"),
    ]

    /// `1-<seconds in hex>-<24 hex digits>`, new for every answer.
    static func transactionID(now: Instant, random: inout SeededRandom) -> String {
        "1-\(String(UInt64(max(0, now.seconds)), radix: 16))-\(random.hex(24))"
    }
}
