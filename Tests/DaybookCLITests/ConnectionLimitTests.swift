// SPDX-License-Identifier: Apache-2.0
@testable import DaybookCLI
import Dispatch
import Foundation
import HTTPTransport
import HTTPServing
import Hummingbird
import Logging
import NIOCore
import Synchronization
import Testing

#if canImport(Glibc)
    import Glibc
#elseif canImport(Darwin)
    import Darwin
#endif

@Suite("Clients that hold their connections open", .timeLimit(.minutes(15)))
struct ConnectionLimitTests {
    /// A client that sends what the test says and then nothing more.
    private final class StillClient {
        private let descriptor: Int32

        init(port: Int, saying text: String) throws {
            #if canImport(Glibc)
                descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
            #else
                descriptor = socket(AF_INET, SOCK_STREAM, 0)
            #endif
            var address = sockaddr_in()
            address.sin_family = sa_family_t(AF_INET)
            address.sin_port = in_port_t(UInt16(port).bigEndian)
            address.sin_addr.s_addr = inet_addr("127.0.0.1")
            let size = socklen_t(MemoryLayout<sockaddr_in>.size)
            // From an address of its own, so that a thousand clients take no port that another test's server was given.
            #if canImport(Glibc)
                var own = sockaddr_in()
                own.sin_family = sa_family_t(AF_INET)
                own.sin_addr.s_addr = inet_addr("127.0.0.2")
                let isBound = withUnsafePointer(to: &own) {
                    $0.withMemoryRebound(to: sockaddr.self, capacity: 1) { bind(descriptor, $0, size) }
                }
                guard isBound == 0 else { throw CommandFailure("can't bind: \(errno)") }
            #endif
            let result = withUnsafePointer(to: &address) {
                $0.withMemoryRebound(to: sockaddr.self, capacity: 1) { connect(descriptor, $0, size) }
            }
            guard result == 0 else { throw CommandFailure("can't connect: \(errno)") }
            let bytes = Array(text.utf8)
            guard send(descriptor, bytes, bytes.count, Int32(MSG_NOSIGNAL)) == bytes.count else {
                throw CommandFailure("can't send: \(errno)")
            }
        }

        deinit { _ = close(descriptor) }

        /// Sends a byte, waits a moment, and so on, also after the server has said that it sends no more.
        ///
        /// - Returns: Whether the server took no more before so many bytes were sent.
        func isClosedWhileSending(most count: Int) async -> Bool {
            await withCheckedContinuation { continuation in
                DispatchQueue.global().async { [descriptor] in
                    let isClosed = (0..<count).contains { _ in
                        guard send(descriptor, "x", 1, Int32(MSG_NOSIGNAL)) == 1 else { return true }
                        var end = pollfd(fd: descriptor, events: 0, revents: 0)
                        return poll(&end, 1, 20) == 1
                    }
                    continuation.resume(returning: isClosed)
                }
            }
        }

        /// All that it hears until the end.
        func rest() async -> [UInt8] {
            await withCheckedContinuation { continuation in
                DispatchQueue.global().async { [descriptor] in
                    var heard: [UInt8] = []
                    var byte: UInt8 = 0
                    while recv(descriptor, &byte, 1, 0) == 1 { heard.append(byte) }
                    continuation.resume(returning: heard)
                }
            }
        }

        /// Waits for a byte or the end, away from the threads that the server needs.
        ///
        /// - Returns: Whether it was the end.
        func isClosedNext() async -> Bool {
            await withCheckedContinuation { continuation in
                DispatchQueue.global().async { [descriptor] in
                    var byte: UInt8 = 0
                    continuation.resume(returning: recv(descriptor, &byte, 1, 0) <= 0)
                }
            }
        }
    }

    /// Reaches the server a byte at a time.
    private static let trickles = [
        "POST /health HTTP/1.1\r\nHost: localhost\r\nContent-Length: 900000\r\n\r\n",
        // Nobody reads this one's body.
        "GET /health HTTP/1.1\r\nHost: localhost\r\nContent-Length: 900000\r\n\r\n",
    ]

    private final class Closed: Sendable {
        let count = Mutex(0)
    }

    private static let halfHead = "GET /health HTTP/1.1\r\nHost: loc"
    private static let halfBody = "POST /health HTTP/1.1\r\nHost: localhost\r\nContent-Length: 9\r\n\r\nhalf"

    /// The server's own parts around a page that reads its request's body.
    private func withServer(
        _ limits: ConnectionLimits, closed: Closed, tls: ServerTLS? = nil,
        _ body: (Int, OpenConnections) async throws -> Void
    ) async throws {
        let connections = OpenConnections(limits, logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }) {
            closed.count.withLock { $0 += 1 }
        }
        let router = Router()
        router.get("health") { _, _ in "fine" }
        router.post("health") { request, _ in "\(try await request.body.collect(upTo: 1_000_000).readableBytes)" }
        let (ports, found) = AsyncStream.makeStream(of: Int.self)
        let server = Application(
            router: router, server: connections.server(limits, tls: tls),
            configuration: .init(address: .hostname("127.0.0.1", port: 0)),
            onServerRunning: { found.yield($0.localAddress?.port ?? 0) },
            logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() })
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { try await server.run() }
            var iterator = ports.makeAsyncIterator()
            guard let port = await iterator.next() else { throw CommandFailure("the server did not start") }
            try await body(port, connections)
            group.cancelAll()
        }
    }

    @Test(
        "half a head, half a body and a connection that is kept open end after the longest silence",
        arguments: [halfHead, halfBody, "", "GET /health HTTP/1.1\r\nHost: localhost\r\n\r\n"])
    func silence(_ text: String) async throws {
        var limits = ConnectionLimits()
        limits.longestSilence = .milliseconds(200)
        let closed = Closed()
        try await withServer(limits, closed: closed) { port, _ in
            let client = try StillClient(port: port, saying: text)
            // One that stays open outlasts the suite's time limit; an answer is read first.
            while await !client.isClosedNext() {}
        }
        #expect(closed.count.withLock { $0 } == (text.isEmpty || text == Self.halfHead ? 1 : 0))
    }

    @Test("a body that trickles in ends after the longest request, whether or not it is read", arguments: trickles)
    func trickle(_ head: String) async throws {
        var limits = ConnectionLimits()
        limits.longestRequest = .milliseconds(200)
        let closed = Closed()
        try await withServer(limits, closed: closed) { port, _ in
            let client = try StillClient(port: port, saying: head)
            #expect(await client.isClosedWhileSending(most: 500))
        }
        #expect(closed.count.withLock { $0 } == 1)
    }

    /// The beginning of a handshake: a record of 512 bytes is announced.
    private static let halfHello = "\u{16}\u{3}\u{1}\u{2}\u{0}\u{1}\u{0}"

    private func withTLS(_ body: (ServerTLS) async throws -> Void) async throws {
        try await withFolder { folder in
            let files = CertificateFiles("server", in: folder)
            try await CertificateAuthority("Test", in: folder).issue(files)
            try await body(try ServerTLS(try files.usable(try files.read(), at: .now)))
        }
    }

    @Test("a TLS handshake that stalls or trickles in ends after the longest silence", arguments: ["", halfHello])
    func handshake(_ text: String) async throws {
        var limits = ConnectionLimits()
        limits.longestSilence = .milliseconds(200)
        let closed = Closed()
        try await withTLS { tls in
            try await withServer(limits, closed: closed, tls: tls) { port, _ in
                let still = try StillClient(port: port, saying: text)
                #expect(await still.isClosedNext(), "nothing was said to it")
                let trickling = try StillClient(port: port, saying: Self.halfHello)
                #expect(await trickling.isClosedWhileSending(most: 500))
            }
        }
        #expect(closed.count.withLock { $0 } == 2)
    }

    @Test("a half handshake makes room for another connection at once")
    func handshakesMakeRoom() async throws {
        var limits = ConnectionLimits()
        limits.perAddress = 1
        try await withTLS { tls in
            try await withServer(limits, closed: Closed(), tls: tls) { port, connections in
                let first = try StillClient(port: port, saying: Self.halfHello)
                while connections.count == 0 { await Task.yield() }
                let began = ContinuousClock.now
                let second = try StillClient(port: port, saying: Self.halfHello)
                #expect(await first.isClosedNext())
                #expect(ContinuousClock.now - began < .seconds(20), "before the longest silence")
                withExtendedLifetime(second) {}
            }
        }
    }

    @Test("plain HTTP at a TLS port gets no answer, and the server goes on")
    func plainAtTLS() async throws {
        try await withTLS { tls in
            try await withServer(ConnectionLimits(), closed: Closed(), tls: tls) { port, _ in
                for _ in 0..<2 {
                    let plain = try StillClient(port: port, saying: "GET /health HTTP/1.1\r\nHost: localhost\r\n\r\n")
                    let heard = String(decoding: await plain.rest(), as: UTF8.self)
                    #expect(!heard.contains("HTTP") && !heard.contains("fine"), "\(heard)")
                }
            }
        }
    }

    @Test("a request that came in time is answered though its connection grows older than that")
    func inTime() async throws {
        var limits = ConnectionLimits()
        limits.longestRequest = .milliseconds(50)
        limits.longestSilence = .milliseconds(300)
        let closed = Closed()
        try await withServer(limits, closed: closed) { port, _ in
            let client = try StillClient(port: port, saying: "GET /health HTTP/1.1\r\nHost: localhost\r\n\r\n")
            while await !client.isClosedNext() {}
        }
        #expect(closed.count.withLock { $0 } == 0, "it ended by its silence")
    }
}
