// SPDX-License-Identifier: Apache-2.0
import ArgumentParser

/// A host and a port, as `--listen` takes them.
struct ListenAddress: ExpressibleByArgument, CustomStringConvertible, Sendable {
    var host: String
    var port: Int

    static let usual = ListenAddress(host: "127.0.0.1", port: 8711)

    init?(argument: String) {
        guard let colon = argument.lastIndex(of: ":") else { return nil }
        let digits = argument[argument.index(after: colon)...]
        guard digits.allSatisfy({ $0.isASCII && $0.isNumber }), let port = UInt16(digits) else { return nil }
        let host = argument[..<colon].trimmingPrefix { $0 == "[" }.prefix { $0 != "]" }
        guard !host.isEmpty else { return nil }
        self.init(host: String(host), port: Int(port))
    }

    var isLoopback: Bool { host == "localhost" || host == "::1" || Self.isIPv4Loopback(host) }

    private init(host: String, port: Int) {
        self.host = host
        self.port = port
    }

    private static func isIPv4Loopback(_ host: String) -> Bool {
        let parts = host.split(separator: ".", omittingEmptySubsequences: false).map {
            $0.first == "+" ? nil : UInt8($0)
        }
        return parts.count == 4 && parts[0] == 127 && !parts.contains(nil)
    }

    var description: String { host.contains(":") ? "[\(host)]:\(port)" : "\(host):\(port)" }
    var defaultValueDescription: String { description }
}
