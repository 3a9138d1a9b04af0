// SPDX-License-Identifier: Apache-2.0

extension IPAddress {
    /// Whether it is of this machine, of a network that is not the internet, or of many receivers at once.
    package var isInner: Bool { Self.inner.contains { $0.contains(self) } || bytes.allSatisfy { $0 == 0 } }

    private static let inner = [
        // This host and network, private, carrier's (RFC 6598), loopback, link-local, protocol assignments, benchmarks,
        // multicast, reserved and broadcast.
        "0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16", "172.16.0.0/12", "192.0.0.0/24",
        "192.168.0.0/16", "198.18.0.0/15", "224.0.0.0/4", "240.0.0.0/4",
        // Loopback, unique local, link-local, the former site-local, multicast.
        "::1", "fc00::/7", "fe80::/10", "fec0::/10", "ff00::/8",
        // Forms that hold an IPv4 address: compatible, translated (NAT64), 6to4, Teredo.
        "::/96", "64:ff9b::/96", "64:ff9b:1::/48", "2002::/16", "2001::/32",
    ].compactMap { AddressRange($0) }
}
