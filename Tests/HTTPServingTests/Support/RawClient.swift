// SPDX-License-Identifier: Apache-2.0
import NIOCore
import NIOPosix

/// A client that sends and receives bytes, and knows nothing of HTTP.
final class RawClient {
    struct Connector {
        let port: Int
        let group: any EventLoopGroup

        /// Hands a connection over, and closes it afterwards.
        func connect(_ body: (RawClient) async throws -> Void) async throws {
            // Goes on sending after the server has said that nothing follows, as clients do that look afterwards.
            let bootstrap = ClientBootstrap(group: group).channelOption(.allowRemoteHalfClosure, value: true)
            let channel = try await bootstrap.connect(host: "127.0.0.1", port: port) { channel in
                channel.eventLoop.makeCompletedFuture {
                    try NIOAsyncChannel<ByteBuffer, ByteBuffer>(
                        wrappingChannelSynchronously: channel, configuration: .init())
                }
            }
            try await channel.executeThenClose { inbound, outbound in
                try await body(RawClient(inbound.makeAsyncIterator(), outbound))
            }
        }
    }

    private var chunks: NIOAsyncChannelInboundStream<ByteBuffer>.AsyncIterator
    private let outbound: NIOAsyncChannelOutboundWriter<ByteBuffer>
    private var received = ""

    private init(
        _ chunks: NIOAsyncChannelInboundStream<ByteBuffer>.AsyncIterator,
        _ outbound: NIOAsyncChannelOutboundWriter<ByteBuffer>
    ) {
        self.chunks = chunks
        self.outbound = outbound
    }

    /// Returns once all of it is with the operating system.
    func send(_ text: String) async throws { try await outbound.write(ByteBuffer(string: text)) }

    /// What comes up to the text and with it; all that came when the server ends the connection before.
    func receive(upTo text: String) async throws -> String {
        while true {
            if let range = received.firstRange(of: text) {
                defer { received.removeSubrange(..<range.upperBound) }
                return String(received[..<range.upperBound])
            }
            guard let chunk = try await chunks.next(isolation: #isolation) else { return try await receiveRest() }
            received += String(buffer: chunk)
        }
    }

    /// All that comes until the server ends the connection.
    ///
    /// One that stays open outlasts the suite's time limit.
    func receiveRest() async throws -> String {
        while let chunk = try await chunks.next(isolation: #isolation) { received += String(buffer: chunk) }
        defer { received = "" }
        return received
    }
}
