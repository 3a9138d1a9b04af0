// SPDX-License-Identifier: Apache-2.0
#if canImport(Glibc)
    import Glibc
#elseif canImport(Darwin)
    import Darwin
#endif

/// This machine's own address in a network.
enum NetworkAddress {
    /// An IPv4 address that is not loopback; nil when there is none.
    static let own: String? = {
        var first: UnsafeMutablePointer<ifaddrs>?
        guard getifaddrs(&first) == 0 else { return nil }
        defer { freeifaddrs(first) }
        var next = first
        while let interface = next?.pointee {
            if let text = text(interface) { return text }
            next = interface.ifa_next
        }
        return nil
    }()

    private static func text(_ interface: ifaddrs) -> String? {
        guard let address = interface.ifa_addr, address.pointee.sa_family == sa_family_t(AF_INET) else { return nil }
        let number = address.withMemoryRebound(to: sockaddr_in.self, capacity: 1) {
            UInt32(bigEndian: $0.pointee.sin_addr.s_addr)
        }
        guard number >> 24 != 127, number != 0 else { return nil }
        return [24, 16, 8, 0].map { "\(number >> $0 & 255)" }.joined(separator: ".")
    }
}
