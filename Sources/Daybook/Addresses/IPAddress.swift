// SPDX-License-Identifier: Apache-2.0
import Foundation

/// An address of IPv4 or IPv6, written in one way however it was spelled.
///
/// An IPv4 address that is written as IPv6 (`::ffff:192.0.2.7`) is the IPv4 address: a socket that listens on both
/// names its IPv4 clients in that form.
package struct IPAddress: Hashable, Sendable, CustomStringConvertible {
    /// Four bytes or sixteen, the first of the address first.
    package let bytes: [UInt8]

    /// Reads `192.0.2.7` or `2001:db8::7`; nil for anything else, also a name, a port or a zone.
    package init?(_ text: some StringProtocol) {
        let text = String(text)
        guard let bytes = Self.read(text, AF_INET, count: 4) ?? Self.read(text, AF_INET6, count: 16) else { return nil }
        self.init(bytes: bytes)
    }

    /// Nil unless there are four or sixteen bytes.
    package init?(bytes: [UInt8]) {
        guard bytes.count == 4 || bytes.count == 16 else { return nil }
        let isMapped = bytes.count == 16 && Array(bytes.prefix(12)) == Self.mappedPrefix
        self.bytes = isMapped ? Array(bytes.suffix(4)) : bytes
    }

    package var isIPv4: Bool { bytes.count == 4 }

    package var bitCount: Int { bytes.count * 8 }

    package var description: String {
        var text = [CChar](repeating: 0, count: 64)
        let family = isIPv4 ? AF_INET : AF_INET6
        // It can't fail: the bytes are of the family's size, and the longest address has 45 characters.
        inet_ntop(family, bytes, &text, socklen_t(text.count))
        return String(decoding: text.prefix { $0 != 0 }.map(UInt8.init(bitPattern:)), as: UTF8.self)
    }

    private static let mappedPrefix = [UInt8](repeating: 0, count: 10) + [0xff, 0xff]

    private static func read(_ text: String, _ family: Int32, count: Int) -> [UInt8]? {
        var bytes = [UInt8](repeating: 0, count: count)
        // A null byte would end the text early.
        guard !text.utf8.contains(0), inet_pton(family, text, &bytes) == 1 else { return nil }
        return bytes
    }
}
