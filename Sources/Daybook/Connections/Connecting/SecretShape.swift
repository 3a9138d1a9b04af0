// SPDX-License-Identifier: Apache-2.0

/// The kinds of secret that are recognized by their shape, in whichever field somebody pastes them.
///
/// People paste a token into the field beside the right one. There it is refused by this shape, and no page, error
/// or answer repeats it.
package enum SecretShape: String, CaseIterable, Sendable {
    case refreshToken = "a refresh token"
    case accessToken = "an access token"
    case authorizationCode = "an authorization code"
    case clientSecret = "a Client Secret"
    case webhookSecret = "a webhook's signing secret"
    case browserSecret = "a browser's cookie"

    /// Nil for a text that may be shown.
    package init?(of text: String) {
        let text = text.filter { !$0.isWhitespace }
        guard let shape = Self.allCases.first(where: { $0.fits(text) }) else { return nil }
        self = shape
    }

    /// The text as it may be repeated to the person who wrote it: of a secret, only the first four characters.
    package static func shown(_ text: String) -> String {
        SecretShape(of: text) == nil ? text : "\(text.filter { !$0.isWhitespace }.prefix(4))…"
    }

    /// Intuit documents none of these; they are what its tokens and keys have been seen to be since 2017.
    private func fits(_ text: String) -> Bool {
        switch self {
        case .refreshToken: text.hasPrefix("RT1-") || Self.isDated(text, "AB11")
        case .accessToken: text.hasPrefix("eyJ")
        case .authorizationCode: Self.isDated(text, "XAB1")
        case .clientSecret: text.utf8.count == 40 && text.utf8.allSatisfy(Self.isLetterOrDigit)
        case .webhookSecret: text.hasPrefix("dbwh_")
        case .browserSecret: text.utf8.count == 64 && text.utf8.allSatisfy(Self.isLetterOrDigit)
        }
    }

    /// A prefix and the ten digits of a moment, as in Intuit's older tokens.
    private static func isDated(_ text: String, _ prefix: String) -> Bool {
        let digits = text.utf8.dropFirst(prefix.utf8.count).prefix(10)
        return text.hasPrefix(prefix) && digits.count == 10 && digits.allSatisfy { (48...57).contains($0) }
    }

    private static func isLetterOrDigit(_ byte: UInt8) -> Bool {
        (48...57).contains(byte) || (65...90).contains(byte) || (97...122).contains(byte)
    }
}
