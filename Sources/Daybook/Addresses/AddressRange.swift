// SPDX-License-Identifier: Apache-2.0

/// The addresses that begin with the same bits, such as `10.0.0.0/8`; or one address.
package struct AddressRange: Hashable, Sendable, CustomStringConvertible {
    package let first: IPAddress
    /// How many bits its addresses have in common, from 1 to all of them.
    package let prefixLength: Int

    /// Reads `10.0.0.0/8`, `2001:db8::/32` or an address.
    ///
    /// Nil for anything else, and for a range of all addresses. Nil too for a range whose address has bits beyond the
    /// prefix, because it is not clear then whether the address or the range is meant.
    package init?(_ text: some StringProtocol) {
        let parts = text.split(separator: "/", omittingEmptySubsequences: false)
        guard let part = parts.first, let first = IPAddress(part), parts.count <= 2 else { return nil }
        var length = first.bitCount
        if parts.count == 2 {
            guard let given = Int(digits: parts[1]), (1...first.bitCount).contains(given) else { return nil }
            length = given
        }
        guard Self.masked(first, length) == first.bytes else { return nil }
        self.first = first
        prefixLength = length
    }

    package func contains(_ address: IPAddress) -> Bool {
        address.isIPv4 == first.isIPv4 && Self.masked(address, prefixLength) == first.bytes
    }

    package var description: String {
        prefixLength == first.bitCount ? first.description : "\(first)/\(prefixLength)"
    }

    /// The address with all bits after the prefix taken away.
    private static func masked(_ address: IPAddress, _ length: Int) -> [UInt8] {
        address.bytes.enumerated().map { index, byte in
            let kept = min(max(length - index * 8, 0), 8)
            return kept == 8 ? byte : byte & ~(0xff >> UInt8(kept))
        }
    }
}
