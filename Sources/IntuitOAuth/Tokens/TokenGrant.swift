// SPDX-License-Identifier: Apache-2.0

/// What a token request presents to the token endpoint.
public enum TokenGrant: Sendable, Equatable {
    /// The code of a redirect, with the redirect URI that was used to get it, byte for byte.
    case authorizationCode(String, redirectURI: String)
    /// A refresh token.
    case refreshToken(String)

    /// The form of RFC 6749, sections 4.1.3 and 6.
    var form: [(name: String, value: String)] {
        switch self {
        case .authorizationCode(let code, let redirectURI):
            [("grant_type", "authorization_code"), ("code", code), ("redirect_uri", redirectURI)]
        case .refreshToken(let token):
            [("grant_type", "refresh_token"), ("refresh_token", token)]
        }
    }
}

extension TokenGrant: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    /// The kind of grant, never its secret.
    public var description: String {
        switch self {
        case .authorizationCode: "authorizationCode(redacted)"
        case .refreshToken: "refreshToken(redacted)"
        }
    }
    /// The same as ``description``.
    public var debugDescription: String { description }
    /// Shows no children, so that `dump` shows nothing.
    public var customMirror: Mirror { Mirror(self, children: []) }
}

/// Percent-encoding for queries and forms.
enum FormEncoding {
    static func encoded(_ fields: [(name: String, value: String)]) -> String {
        fields.map { "\(encoded($0.name))=\(encoded($0.value))" }.joined(separator: "&")
    }

    /// Everything but RFC 3986's unreserved characters is encoded, so that all servers read it alike.
    static func encoded(_ text: String) -> String {
        var result = ""
        for byte in text.utf8 {
            switch byte {
            case UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "a")...UInt8(ascii: "z"),
                UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "_"),
                UInt8(ascii: "~"):
                result.unicodeScalars.append(Unicode.Scalar(byte))
            default:
                result += "%" + hex(byte >> 4) + hex(byte & 15)
            }
        }
        return result
    }

    private static func hex(_ nibble: UInt8) -> String { String(nibble, radix: 16, uppercase: true) }
}
