// SPDX-License-Identifier: Apache-2.0

/// Which hosts reach this machine alone, without asking a name server.
package enum Loopback {
    /// - Parameter host: An address or a name without its port; an IPv6 address with or without brackets.
    package static func isLoopback(host: some StringProtocol) -> Bool {
        let name = host.lowercased()
        if ["localhost", "::1", "[::1]"].contains(name) { return true }
        guard let address = IPAddress(name) else { return false }
        return address.isIPv4 && address.bytes[0] == 127
    }
}
