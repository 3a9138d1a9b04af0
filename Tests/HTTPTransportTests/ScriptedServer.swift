// SPDX-License-Identifier: Apache-2.0
import NIOCore
import NIOPosix
import NIOSSL
import Synchronization

/// A server on a loopback port that answers every request with the same bytes, however wrong they are.
final class ScriptedServer: Sendable {
    /// What it does once it has read a whole request.
    enum Conduct: Sendable {
        /// These bytes, and the connection stays open.
        case answer(String)
        /// These bytes, and the connection is closed.
        case answerAndClose(String)
        /// The connection stays open.
        case silence
        /// Closed without having read anything.
        case closeAtOnce
    }

    private let channel: any Channel
    private let log: RequestLog
    let port: Int

    /// Every request, as it came.
    var requests: [String] { log.requests.withLock { $0 } }

    /// - Parameter security: With it the server speaks TLS.
    static func with<Value>(
        _ conduct: Conduct, security: NIOSSLContext? = nil, _ body: (ScriptedServer) async throws -> Value
    ) async throws -> Value {
        let server = try await ScriptedServer(conduct, security)
        do {
            let value = try await body(server)
            try await server.channel.close()
            return value
        } catch {
            try await server.channel.close()
            throw error
        }
    }

    /// A port where nobody listens: TCPMUX's, which no system hands out and no machine of today serves.
    static let deserted = 1

    private init(_ conduct: Conduct, _ security: NIOSSLContext?) async throws {
        let log = RequestLog()
        channel = try await ServerBootstrap(group: .singletonMultiThreadedEventLoopGroup)
            .childChannelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    if let security {
                        try channel.pipeline.syncOperations.addHandler(NIOSSLServerHandler(context: security))
                    }
                    try channel.pipeline.syncOperations.addHandler(Conductor(conduct, log))
                }
            }
            .bind(host: "127.0.0.1", port: 0).get()
        self.log = log
        port = channel.localAddress?.port ?? 0
    }
}

private final class RequestLog: Sendable {
    let requests = Mutex<[String]>([])
}

/// Reads one request after another from a connection and does what the script says.
private final class Conductor: ChannelInboundHandler {
    typealias InboundIn = ByteBuffer
    typealias OutboundOut = ByteBuffer

    private let conduct: ScriptedServer.Conduct
    private let log: RequestLog
    private var text = ""

    init(_ conduct: ScriptedServer.Conduct, _ log: RequestLog) {
        self.conduct = conduct
        self.log = log
    }

    func channelActive(context: ChannelHandlerContext) {
        if case .closeAtOnce = conduct { context.close(promise: nil) }
        context.fireChannelActive()
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        text += String(buffer: unwrapInboundIn(data))
        guard Self.isWhole(text) else { return }
        log.requests.withLock { $0.append(text) }
        text = ""
        switch conduct {
        case .answer(let bytes): write(bytes, context)
        case .answerAndClose(let bytes):
            write(bytes, context)
            context.close(promise: nil)
        case .silence, .closeAtOnce: break
        }
    }

    private func write(_ bytes: String, _ context: ChannelHandlerContext) {
        context.writeAndFlush(wrapOutboundOut(ByteBuffer(string: bytes)), promise: nil)
    }

    /// Head and as many bytes of body as it announces.
    private static func isWhole(_ text: String) -> Bool {
        guard let end = text.firstRange(of: "\r\n\r\n") else { return false }
        let fields = text[..<end.lowerBound].lowercased().split(separator: "\r\n")
        let length = fields.first { $0.hasPrefix("content-length:") }.flatMap { field in
            Int(field.dropFirst("content-length:".count).filter { $0 != " " })
        }
        return text[end.upperBound...].utf8.count >= (length ?? 0)
    }
}
