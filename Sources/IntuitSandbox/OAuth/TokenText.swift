// SPDX-License-Identifier: Apache-2.0

/// Strings that look like Intuit's: opaque to a client, and as long as the real ones.
enum TokenText {
    /// `RT1-<n>-H0-<moment of idle expiry><random>`, the shape of 2025 and later.
    static func refresh(rotation: Int, expires: Instant, random: inout SeededRandom) -> String {
        "RT1-\(rotation % 256)-H0-\(expires.seconds)\(alphanumeric(20, &random))"
    }

    /// A compact JWE with an empty key part, as Intuit's access tokens are.
    static func access(random: inout SeededRandom) -> String {
        let header = "eyJlbmMiOiJBMTI4Q0JDLUhTMjU2IiwiYWxnIjoiZGlyIn0"
        return "\(header)..\(random.text(22)).\(random.text(640)).\(random.text(22))"
    }

    /// `XAB1<moment of expiry><random>`, 50 characters.
    static func code(expires: Instant, random: inout SeededRandom) -> String {
        "XAB1\(expires.seconds)\(alphanumeric(36, &random))"
    }

    /// 50 characters that begin with `AB`, as Intuit's do.
    static func clientID(random: inout SeededRandom) -> String { "AB\(alphanumeric(48, &random))" }

    /// 40 characters.
    static func clientSecret(random: inout SeededRandom) -> String { alphanumeric(40, &random) }

    /// As much of a refresh token as may be shown: all but its random part.
    static func shown(_ refreshToken: String) -> String { "\(refreshToken.dropLast(20))…" }

    private static func alphanumeric(_ count: Int, _ random: inout SeededRandom) -> String {
        String(random.text(count).map { $0 == "-" ? "x" : $0 == "_" ? "z" : $0 })
    }
}
