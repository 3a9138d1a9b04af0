// SPDX-License-Identifier: Apache-2.0
import HTTPServing
import HTTPTypes
import HummingbirdCore
import Logging
import NIOCore
import NIOPosix
import ServiceLifecycle

/// The server that daybook and intuit-sandbox run, with a few pages to ask for.
enum RawServer {
    /// Serves while the body runs.
    static func run(_ body: (RawClient.Connector) async throws -> Void) async throws {
        let group = MultiThreadedEventLoopGroup.singleton
        let (ports, found) = AsyncStream.makeStream(of: Int.self)
        let server = try HTTPServerBuilder.stoppableHTTP1().buildServer(
            configuration: ServerConfiguration(address: .hostname("127.0.0.1", port: 0)), eventLoopGroup: group,
            logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() },
            responder: { request, writer, _ in try await answer(request, writer) },
            onServerRunning: { found.yield($0.localAddress?.port ?? 0) })
        try await withThrowingTaskGroup(of: Void.self) { tasks in
            tasks.addTask { try await server.run() }
            var iterator = ports.makeAsyncIterator()
            let port = await iterator.next() ?? 0
            try await body(RawClient.Connector(port: port, group: group))
            tasks.cancelAll()
        }
    }

    @concurrent
    private static func answer(_ request: Request, _ writer: consuming ResponseWriter) async throws {
        switch request.uri.path {
        case "/read":
            let body = try await request.body.collect(upTo: 1 << 20)
            try await write("read \(body.readableBytes)", .ok, writer)
        case "/refuse": try await write("refused", .contentTooLarge, writer)
        case "/chunks":
            var body = try await writer.writeHead(HTTPResponse(status: .ok))
            try await body.write(ByteBuffer(string: "in "))
            try await body.write(ByteBuffer(string: "chunks"))
            try await body.finish(nil)
        default: try await write("page", .ok, writer)
        }
    }

    @concurrent
    private static func write(
        _ text: String, _ status: HTTPResponse.Status, _ writer: consuming ResponseWriter
    ) async throws {
        let body = ResponseBody(byteBuffer: ByteBuffer(string: text))
        let head = HTTPResponse(status: status, headerFields: [.contentLength: "\(text.utf8.count)"])
        try await writer.write(response: head, body: body)
    }
}
