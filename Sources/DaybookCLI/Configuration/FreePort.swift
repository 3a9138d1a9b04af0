// SPDX-License-Identifier: Apache-2.0

import Synchronization

#if canImport(Glibc)
    import Glibc
#elseif canImport(Darwin)
    import Darwin
#endif

/// Finds a port that nobody listens on: the public address has to be known before the server starts.
enum FreePort {
    /// Below the ports that systems give to outgoing connections, which begin at 32,768 on Linux.
    ///
    /// The system could give one of those to another program's connection before the server binds it.
    static let range = 15_000..<32_000

    /// Ports that this process picked before, so that the same port is not picked twice before a server listens on it.
    private static let picked = Mutex<Set<Int>>([])

    static func pick(host: String) -> Int? {
        for _ in 0..<20 {
            let port = Int.random(in: range)
            guard picked.withLock({ $0.insert(port).inserted }) else { continue }
            if case .success = bound(host, port: port) { return port }
        }
        return systemPick(host)
    }

    private static func systemPick(_ host: String) -> Int? {
        switch bound(host, port: 0) {
        case .success(let port): port
        case .failure: nil
        }
    }

    /// Whether another program listens there; asked after binding failed, to explain it.
    static func isTaken(_ address: ListenAddress) -> Bool {
        switch bound(address.host, port: address.port) {
        case .success: false
        case .failure(let refusal): refusal.code == EADDRINUSE
        }
    }

    private struct Refusal: Error {
        let code: Int32
    }

    /// Binds for a moment, as a server would, and returns the port.
    private static func bound(_ host: String, port: Int) -> Result<Int, Refusal> {
        #if canImport(Glibc)
            let kind = Int32(SOCK_STREAM.rawValue)
        #else
            let kind = SOCK_STREAM
        #endif
        let isSix = host.contains(":")
        let descriptor = socket(isSix ? AF_INET6 : AF_INET, kind, 0)
        guard descriptor >= 0 else { return .failure(Refusal(code: errno)) }
        defer { _ = close(descriptor) }
        // Servers reuse an address, so a connection that has just ended does not keep them from it. For port 0 it is
        // off: two processes that ask for a free port at the same time must not get the same one.
        var reuses: Int32 = port == 0 ? 0 : 1
        setsockopt(descriptor, SOL_SOCKET, SO_REUSEADDR, &reuses, socklen_t(MemoryLayout<Int32>.size))
        return isSix ? boundSix(descriptor, host, port) : boundFour(descriptor, host, port)
    }

    private static func boundFour(_ descriptor: Int32, _ host: String, _ port: Int) -> Result<Int, Refusal> {
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = UInt16(truncatingIfNeeded: port).bigEndian
        address.sin_addr.s_addr = inet_addr(host == "localhost" ? "127.0.0.1" : host)
        var length = socklen_t(MemoryLayout<sockaddr_in>.size)
        let isBound = withUnsafeMutablePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { bind(descriptor, to: $0, &length) }
        }
        return isBound ? .success(Int(UInt16(bigEndian: address.sin_port))) : .failure(Refusal(code: errno))
    }

    private static func boundSix(_ descriptor: Int32, _ host: String, _ port: Int) -> Result<Int, Refusal> {
        var address = sockaddr_in6()
        address.sin6_family = sa_family_t(AF_INET6)
        address.sin6_port = UInt16(truncatingIfNeeded: port).bigEndian
        guard inet_pton(AF_INET6, host, &address.sin6_addr) == 1 else { return .failure(Refusal(code: EINVAL)) }
        var length = socklen_t(MemoryLayout<sockaddr_in6>.size)
        let isBound = withUnsafeMutablePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { bind(descriptor, to: $0, &length) }
        }
        return isBound ? .success(Int(UInt16(bigEndian: address.sin6_port))) : .failure(Refusal(code: errno))
    }

    private static func bind(
        _ descriptor: Int32, to address: UnsafeMutablePointer<sockaddr>, _ length: inout socklen_t
    ) -> Bool {
        #if canImport(Glibc)
            let isBound = Glibc.bind(descriptor, address, length) == 0
        #else
            let isBound = Darwin.bind(descriptor, address, length) == 0
        #endif
        return isBound && getsockname(descriptor, address, &length) == 0
    }
}
