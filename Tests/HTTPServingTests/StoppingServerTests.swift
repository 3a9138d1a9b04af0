// SPDX-License-Identifier: Apache-2.0
import HTTPServing
import HummingbirdCore
import Logging
import NIOCore
import NIOEmbedded
import NIOPosix
import ServiceLifecycle
import Testing

@Suite("A server that ends while connections arrive", .timeLimit(.minutes(2)))
struct StoppingServerTests {
    /// A child channel whose connections are ready only when the test says so.
    private struct Held<Base: ServerChildChannel>: ServerChildChannel {
        let base: Base
        let onSetup: @Sendable () -> Void
        let release: EventLoopFuture<Void>

        func setup(channel: any Channel, logger: Logger) -> EventLoopFuture<Base.Value> {
            onSetup()
            return base.setup(channel: channel, logger: logger).flatMap { value in
                release.hop(to: channel.eventLoop).map { value }
            }
        }

        func handle(value: Base.Value, logger: Logger) async {
            Issue.record("the server has ended, nothing is served")
            await base.handle(value: value, logger: logger)
        }
    }

    private let group = MultiThreadedEventLoopGroup.singleton
    private let logger = Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }

    /// A server whose only connection is ready once the server has ended.
    private func dropConnection(of http: some ServerChildChannel) async throws {
        let (ports, found) = AsyncStream.makeStream(of: Int.self)
        let (setups, begun) = AsyncStream.makeStream(of: Never.self)
        let release = group.next().makePromise(of: Void.self)
        let held = Held(base: http, onSetup: { begun.finish() }, release: release.futureResult)
        let server = held.server(
            configuration: ServerConfiguration(address: .hostname("127.0.0.1", port: 0)),
            onServerRunning: { found.yield($0.localAddress?.port ?? 0) }, eventLoopGroup: group, logger: logger)
        let serving = Task { try await server.run() }
        var iterator = ports.makeAsyncIterator()
        let port = try #require(await iterator.next())
        let client = try await ClientBootstrap(group: group).connect(host: "127.0.0.1", port: port).get()
        for await _ in setups {}
        serving.cancel()
        try await serving.value
        release.succeed()
        // Let go unserved, it is closed; one that stays open outlasts the suite's time limit.
        try await client.closeFuture.get()
    }

    @Test("a connection that is ready when the server has ended is closed")
    func endedBefore() async throws {
        try await dropConnection(of: StoppableHTTP1(HTTP1Channel { _, _, _ in }))
    }

    /// An open connection that nobody serves.
    private func open(_ http: some ServerChildChannel) async throws -> NIOAsyncTestingChannel {
        let channel = NIOAsyncTestingChannel()
        let accepted = try await channel.testingEventLoop.flatSubmit { http.setup(channel: channel, logger: logger) }
            .get()
        try await channel.connect(to: SocketAddress(ipAddress: "127.0.0.1", port: 1)).get()
        #expect(accepted.channel.isActive)
        return channel
    }

    @Test("an open connection that is let go unserved is closed, and the process goes on")
    func letGo() async throws {
        let channel = try await open(StoppableHTTP1(HTTP1Channel { _, _, _ in }))
        try await channel.closeFuture.get()
    }
}
