// SPDX-License-Identifier: Apache-2.0

/// Crockford's base 32: digits and capital letters without I, L, O and U, easy to read aloud.
package enum Base32 {
    private static let crockford = Array("0123456789ABCDEFGHJKMNPQRSTVWXYZ".utf8)

    /// Most significant bits first; the last character is padded with zero bits.
    package static func text(_ bytes: some Sequence<UInt8>) -> String { text(bytes, in: crockford) }

    /// - Parameter alphabet: 32 characters.
    static func text(_ bytes: some Sequence<UInt8>, in alphabet: [UInt8]) -> String {
        var text: [UInt8] = []
        text.reserveCapacity(32)
        var buffer = 0
        var bits = 0
        for byte in bytes {
            buffer = buffer << 8 | Int(byte)
            bits += 8
            while bits >= 5 {
                bits -= 5
                text.append(alphabet[buffer >> bits & 31])
            }
            buffer &= (1 << bits) - 1
        }
        if bits > 0 { text.append(alphabet[buffer << (5 - bits) & 31]) }
        return String(decoding: text, as: UTF8.self)
    }
}
