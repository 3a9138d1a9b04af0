// SPDX-License-Identifier: Apache-2.0
import NIOCore
import NIOHTTP1

/// Decides after each answer whether the connection goes on, and ends it so that the client gets the answer.
///
/// It is placed where the HTTP version of a request is still known. It ends a connection for a client that asked for
/// that, for one of HTTP/1.0 that did not ask for the opposite, and where an answer was given before the request had
/// arrived. In that last case what still arrives is read and thrown away: a socket that is closed with unread bytes in
/// it resets the connection, and the client may lose the answer.
final class ConnectionPersistence: ChannelDuplexHandler, RemovableChannelHandler {
    typealias InboundIn = HTTPServerRequestPart
    typealias InboundOut = HTTPServerRequestPart
    typealias OutboundIn = HTTPServerResponsePart
    typealias OutboundOut = HTTPServerResponsePart

    /// How long a client may go on sending after it was answered.
    private static let longestLinger = TimeAmount.seconds(30)

    /// Requests that are not answered yet, the next one to be answered first.
    private var exchanges: CircularBuffer<Exchange> = []
    /// The answer to a request with an unusable head, which waits until those before it are answered.
    private var refusal: UnreadableRequest?
    private var isEnding = false
    private var deadline: Scheduled<Void>?

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        guard !isEnding, refusal == nil else { return }
        switch unwrapInboundIn(data) {
        case .head(let head):
            if let refusal = UnreadableRequest(head) { return refuse(context, with: refusal) }
            exchanges.append(Exchange(head))
            context.fireChannelRead(wrapInboundOut(.head(Self.normalized(head))))
        case .body:
            context.fireChannelRead(data)
        case .end:
            if !exchanges.isEmpty { exchanges[exchanges.index(before: exchanges.endIndex)].received() }
            context.fireChannelRead(data)
        }
    }

    /// The head as the server behind understands it: with `connection: close` where the client means that, and without
    /// the `expect` of an HTTP/1.0 client, which that version doesn't have.
    private static func normalized(_ head: HTTPRequestHead) -> HTTPRequestHead {
        var head = head
        if !head.isKeepAlive { head.headers.replaceOrAdd(name: "connection", value: "close") }
        if head.version == .http1_0 { head.headers.remove(name: "expect") }
        return head
    }

    func write(context: ChannelHandlerContext, data: NIOAny, promise: EventLoopPromise<Void>?) {
        guard !exchanges.isEmpty else { return context.write(data, promise: promise) }
        switch unwrapOutboundIn(data) {
        case .head(let head) where head.status.code < 200:
            exchanges[exchanges.startIndex].askedForBody()
            context.write(data, promise: promise)
        case .head(var head):
            exchanges[exchanges.startIndex].frame(&head)
            context.write(wrapOutboundOut(.head(head)), promise: promise)
        case .body where exchanges[exchanges.startIndex].isHead:
            promise?.succeed()
        case .body:
            context.write(data, promise: promise)
        case .end:
            let answered = exchanges.removeFirst()
            guard answered.persists else { return end(context, after: data, promise: promise) }
            context.write(data, promise: promise)
            if exchanges.isEmpty, let refusal { answer(context, with: refusal) }
        }
    }

    private func refuse(_ context: ChannelHandlerContext, with refusal: UnreadableRequest) {
        self.refusal = refusal
        if exchanges.isEmpty { answer(context, with: refusal) }
    }

    private func answer(_ context: ChannelHandlerContext, with refusal: UnreadableRequest) {
        context.write(wrapOutboundOut(.head(refusal.head)), promise: nil)
        context.write(wrapOutboundOut(.body(.byteBuffer(refusal.body))), promise: nil)
        end(context, after: wrapOutboundOut(.end(nil)), promise: nil)
        context.flush()
    }

    /// Writes the answer's end, then says that nothing follows, and waits for the client to close.
    private func end(_ context: ChannelHandlerContext, after data: NIOAny, promise: EventLoopPromise<Void>?) {
        isEnding = true
        let written = promise ?? context.eventLoop.makePromise(of: Void.self)
        let channel = context.channel
        written.futureResult.whenComplete { _ in channel.close(mode: .output, promise: nil) }
        deadline = context.eventLoop.scheduleTask(in: Self.longestLinger) { channel.close(promise: nil) }
        context.write(data, promise: written)
        context.read()
    }

    func channelReadComplete(context: ChannelHandlerContext) {
        context.fireChannelReadComplete()
        // Nobody else asks for more of a body that is thrown away.
        if isEnding { context.read() }
    }

    func channelInactive(context: ChannelHandlerContext) {
        deadline?.cancel()
        context.fireChannelInactive()
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        guard !isEnding, exchanges.isEmpty, let refusal = UnreadableRequest(error) else {
            return context.fireErrorCaught(error)
        }
        answer(context, with: refusal)
    }
}
