// SPDX-License-Identifier: Apache-2.0
import HTTPTransport
import HTTPTypes
import Hummingbird
import IntuitSandbox
import NIOCore

/// Keeps the connection at hand, so that it can be cut.
struct SocketContext: RequestContext {
    var coreContext: CoreRequestContextStorage
    let channel: any Channel

    init(source: ApplicationRequestContextSource) {
        coreContext = CoreRequestContextStorage(source: source)
        channel = source.channel
    }
}

/// Carries requests from the port to the sandbox, and its answers, cuts and silences back.
struct SandboxResponder: HTTPResponder {
    /// More than Intuit takes; it only keeps a mistake from filling the memory.
    private static let longestBody = 8 << 20

    let sandbox: Sandbox

    func respond(to request: Request, context: SocketContext) async throws -> Response {
        let body: ByteBuffer
        do {
            body = try await request.body.collect(upTo: Self.longestBody)
        } catch is NIOTooManyBytesError {
            return Response(status: .contentTooLarge)
        }
        let whole = TransportRequest(head: request.head, body: Array(body.readableBytesView))
        switch await sandbox.respond(to: whole) {
        case .response(let answer, let delay):
            if delay > .zero { try await Task.sleep(for: delay) }
            return Self.response(answer)
        case .cut(let answer, let count):
            return Self.cut(answer, after: count)
        case .silence(let silence):
            try await Task.sleep(for: silence)
            try await context.channel.close()
            throw ConnectionCut()
        case .drop, .refuse:
            try await context.channel.close()
            throw ConnectionCut()
        }
    }

    private static func response(_ answer: TransportResponse) -> Response {
        Response(
            status: answer.head.status, headers: answer.head.headerFields,
            body: ResponseBody(byteBuffer: ByteBuffer(bytes: answer.body)))
    }

    /// Announces the whole length, sends less, and fails, upon which the server closes the connection.
    private static func cut(_ answer: TransportResponse, after count: Int) -> Response {
        let sent = ByteBuffer(bytes: answer.body.prefix(count))
        let body = ResponseBody(contentLength: answer.body.count) { writer in
            try await writer.write(sent)
            throw ConnectionCut()
        }
        return Response(status: answer.head.status, headers: answer.head.headerFields, body: body)
    }
}

/// A mishap, not a fault of the server.
struct ConnectionCut: Error {}
