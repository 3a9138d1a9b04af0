// SPDX-License-Identifier: Apache-2.0
import Daybook

#if canImport(Glibc)
    import Glibc
#elseif canImport(Darwin)
    import Darwin
#endif

/// A host and a port to listen on.
struct ListenAddress: Sendable, Equatable, CustomStringConvertible {
    let host: String
    let port: Int

    static let usual = ListenAddress(host: "127.0.0.1", port: 8710)

    init(host: String, port: Int) {
        self.host = host
        self.port = port
    }

    /// Reads `127.0.0.1:8710` or `[::1]:8710`.
    init?(_ text: String) {
        guard let colon = text.lastIndex(of: ":"), let port = UInt16(digits: text[text.index(after: colon)...]) else {
            return nil
        }
        var host = text[..<colon]
        if host.hasPrefix("["), host.hasSuffix("]") { host = host.dropFirst().dropLast() }
        guard !host.isEmpty else { return nil }
        self.init(host: String(host), port: Int(port))
    }

    var isLoopback: Bool { Loopback.isLoopback(host: host) }

    /// Whether the host is an IP address or `localhost`; one can't listen on other names.
    var isNumeric: Bool {
        var (four, six) = (in_addr(), in6_addr())
        return host == "localhost" || inet_pton(AF_INET, host, &four) == 1 || inet_pton(AF_INET6, host, &six) == 1
    }

    /// The address at which this machine itself reaches it.
    var fromHere: ListenAddress {
        switch host {
        case "0.0.0.0": ListenAddress(host: "127.0.0.1", port: port)
        case "::": ListenAddress(host: "::1", port: port)
        default: self
        }
    }

    var description: String { host.contains(":") ? "[\(host)]:\(port)" : "\(host):\(port)" }
}
