// SPDX-License-Identifier: Apache-2.0
import HTTPServing
import HummingbirdCore
import Logging
import NIOCore
import NIOHTTPTypes
import Synchronization

/// Counts the server's open connections, and closes one where a new one would be too many.
///
/// A new client is not refused for connections that others hold open: a connection that has sent no request yet is
/// closed first, otherwise the one that was silent longest.
final class OpenConnections: Sendable {
    struct Entry {
        let channel: any Channel
        let address: String
        /// A count that grows with all activity on all connections, so that a larger value means a later activity.
        var lastActive: Int
        var hasSentRequest = false

        /// The connection with the smallest rank is closed first.
        var rank: (Int, Int) { (hasSentRequest ? 1 : 0, lastActive) }
    }

    private struct State {
        var entries: [ObjectIdentifier: Entry] = [:]
        var moment = 0
        var closed = 0
        var saidAt: ContinuousClock.Instant?
    }

    let limits: ConnectionLimits
    private let logger: Logger
    private let onClosed: @Sendable () -> Void
    private let state = Mutex(State())

    /// - Parameter onClosed: Called for each connection that is about to be closed: to make room, or because a request
    ///   took too long.
    init(_ limits: ConnectionLimits, logger: Logger, onClosed: @escaping @Sendable () -> Void = {}) {
        self.limits = limits
        self.logger = logger
        self.onClosed = onClosed
    }

    /// A server that enforces the limits.
    ///
    /// - Parameter tls: What connections are encrypted with; nil for plain HTTP.
    func server(_ limits: ConnectionLimits, tls: ServerTLS? = nil) -> HTTPServerBuilder {
        .stoppableHTTP1(
            configuration: .init(
                additionalChannelHandlers: [ConnectionReporting(self)],
                idleTimeout: .nanoseconds(Int64(limits.longestSilence / .nanoseconds(1)))),
            tls: tls)
    }

    var count: Int { state.withLock { $0.entries.count } }

    func opened(_ channel: any Channel) {
        let address = channel.remoteAddress?.ipAddress ?? ""
        let leaving = state.withLock { state in
            state.moment += 1
            let leaving = Self.leaving(state.entries, for: address, limits)
            for key in leaving.keys { state.entries[key] = nil }
            state.entries[ObjectIdentifier(channel)] = Entry(
                channel: channel, address: address, lastActive: state.moment)
            return leaving.values.map(\.channel)
        }
        for channel in leaving {
            note("there were too many")
            channel.closeAtOnce()
        }
    }

    func active(_ channel: any Channel) {
        state.withLock { state in
            state.moment += 1
            state.entries[ObjectIdentifier(channel)]?.lastActive = state.moment
            state.entries[ObjectIdentifier(channel)]?.hasSentRequest = true
        }
    }

    /// The server is about to close it.
    func closing(_ channel: any Channel) {
        let isSilent = state.withLock { $0.entries[ObjectIdentifier(channel)]?.hasSentRequest == false }
        if isSilent { note("no request came in time") }
    }

    /// A request takes longer to arrive than it may.
    func tookTooLong(_ channel: any Channel) {
        note("a request took too long to arrive")
        channel.closeAtOnce()
    }

    func closed(_ channel: any Channel) {
        state.withLock { _ = $0.entries.removeValue(forKey: ObjectIdentifier(channel)) }
    }

    /// The connections to close so that an address can have one more.
    static func leaving(
        _ entries: [ObjectIdentifier: Entry], for address: String, _ limits: ConnectionLimits
    ) -> [ObjectIdentifier: Entry] {
        let own = entries.filter { $0.value.address == address }
        let candidates = own.count >= limits.perAddress ? own : entries.count >= limits.total ? entries : [:]
        let first = candidates.min { $0.value.rank < $1.value.rank }
        return first.map { [$0.key: $0.value] } ?? [:]
    }

    /// Counts each closed connection, and logs the count once a minute at most.
    private func note(_ reason: String) {
        onClosed()
        let now = ContinuousClock.now
        let count: Int? = state.withLock { state in
            state.closed += 1
            if let said = state.saidAt, now - said < .seconds(60) { return nil }
            defer { state.closed = 0 }
            state.saidAt = now
            return state.closed
        }
        guard let count else { return }
        logger.warning("connections closed", metadata: ["count": "\(count)", "reason": "\(reason)"])
    }
}

/// Reports what happens on one connection.
///
/// It comes after the decoder in the channel, so that half of a request's head or of a TLS handshake does not count as
/// activity.
final class ConnectionReporting: ChannelDuplexHandler, RemovableChannelHandler {
    typealias InboundIn = HTTPRequestPart
    typealias OutboundIn = NIOAny

    private let connections: OpenConnections
    /// Closes the connection if the request has not arrived by then.
    private var deadline: Scheduled<Void>?

    init(_ connections: OpenConnections) { self.connections = connections }

    func handlerAdded(context: ChannelHandlerContext) {
        if context.channel.isActive { connections.opened(context.channel) }
    }

    func channelActive(context: ChannelHandlerContext) {
        connections.opened(context.channel)
        context.fireChannelActive()
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        connections.active(context.channel)
        switch unwrapInboundIn(data) {
        case .head: begin(context.channel)
        case .end: deadline?.cancel()
        case .body: break
        }
        context.fireChannelRead(data)
    }

    private func begin(_ channel: any Channel) {
        let longest = TimeAmount.nanoseconds(Int64(connections.limits.longestRequest / .nanoseconds(1)))
        deadline?.cancel()
        deadline = channel.eventLoop.scheduleTask(in: longest) { [connections] in connections.tookTooLong(channel) }
    }

    func write(context: ChannelHandlerContext, data: NIOAny, promise: EventLoopPromise<Void>?) {
        connections.active(context.channel)
        context.write(data, promise: promise)
    }

    func close(context: ChannelHandlerContext, mode: CloseMode, promise: EventLoopPromise<Void>?) {
        // When only one direction is closed, the connection goes on.
        if case .all = mode { connections.closing(context.channel) }
        context.close(mode: mode, promise: promise)
    }

    func channelInactive(context: ChannelHandlerContext) {
        deadline?.cancel()
        connections.closed(context.channel)
        context.fireChannelInactive()
    }
}
