// SPDX-License-Identifier: Apache-2.0
package import Daybook

/// The proxies that are believed when they say from which address a request came.
///
/// A proxy appends to `X-Forwarded-For` the address that it was called from, so the list is read from its end: what
/// stands left of the first address that is no trusted proxy was written by strangers.
package struct TrustedProxies: Sendable, Equatable {
    package let ranges: [AddressRange]

    package init(_ ranges: [AddressRange] = []) { self.ranges = ranges }

    package func trusts(_ address: IPAddress) -> Bool { ranges.contains { $0.contains(address) } }

    /// The client of a request: the rightmost address that is no trusted proxy; the leftmost where all are.
    ///
    /// It is the peer where the peer is no trusted proxy, and where the list has something that is no address before
    /// the client is found.
    ///
    /// - Parameter forwardedFor: The values of all lines of `X-Forwarded-For`, in their order.
    package func client(peer: IPAddress, forwardedFor: [String]) -> IPAddress {
        guard trusts(peer) else { return peer }
        let hops = forwardedFor.joined(separator: ",").split(separator: ",", omittingEmptySubsequences: false)
        var client = peer
        for hop in hops.reversed() {
            guard let address = IPAddress(hop: hop) else { return peer }
            client = address
            if !trusts(address) { break }
        }
        return client
    }
}

extension IPAddress {
    /// One element of `X-Forwarded-For`: an address, which some proxies write with a port, and IPv6 in brackets then.
    init?(hop text: Substring) {
        let text = text.trimmingPrefix { $0 == " " || $0 == "\t" }
        let end = text.lastIndex { $0 != " " && $0 != "\t" }
        guard let end else { return nil }
        self.init(withPort: text[...end])
    }

    private init?(withPort text: Substring) {
        if text.hasPrefix("[") {
            guard let close = text.firstIndex(of: "]") else { return nil }
            guard Self.isPort(text[text.index(after: close)...]) else { return nil }
            self.init(text[text.index(after: text.startIndex)..<close])
            guard !isIPv4 else { return nil }
        } else if let colon = text.firstIndex(of: ":"), text.contains("."),
            !text[text.index(after: colon)...].contains(":")
        {
            guard Self.isPort(text[colon...]) else { return nil }
            self.init(text[..<colon])
        } else {
            self.init(text)
        }
    }

    /// Whether it is empty, or a colon and a port.
    private static func isPort(_ text: Substring) -> Bool {
        text.isEmpty || text.first == ":" && UInt16(digits: text.dropFirst()) != nil
    }
}
