// SPDX-License-Identifier: Apache-2.0

/// Random secrets that somebody carries: in a cookie, a link or a key.
enum SecretToken {
    /// 256 random bits as 52 characters of Base32, which nobody mistakes for one another.
    static func make(_ randomness: any Randomness) -> Secret { Secret(Base32.text(randomness.bytes(32)).lowercased()) }
}

/// Base32 as authenticator apps read it (RFC 4648, without padding).
package enum AuthenticatorSeed {
    private static let alphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567".utf8)

    static func text(_ bytes: [UInt8]) -> String { Base32.text(bytes, in: alphabet) }

    /// Nil when there is a character that belongs to no such text.
    package static func bytes(_ text: String) -> [UInt8]? {
        var bytes: [UInt8] = []
        var (buffer, bits) = (0, 0)
        for character in text.utf8 {
            guard let value = alphabet.firstIndex(of: character) else { return nil }
            buffer = buffer << 5 | value
            bits += 5
            if bits >= 8 {
                bits -= 8
                bytes.append(UInt8(buffer >> bits & 255))
            }
            buffer &= (1 << bits) - 1
        }
        return bytes
    }
}
