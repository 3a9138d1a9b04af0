// SPDX-License-Identifier: Apache-2.0
import HTTPServing
import HummingbirdCore
import Logging
import NIOCore
import NIOHTTPTypes
import Synchronization

/// The open connections of the server, and room for the next one.
///
/// A client can't be refused for what others hold open: at a bound, the connection makes room that has sent no request
/// yet, or else the one that was silent longest.
final class OpenConnections: Sendable {
    struct Entry {
        let channel: any Channel
        let address: String
        /// The larger, the later it last sent or was sent anything.
        var lastActive: Int
        var hasSentRequest = false

        /// The smallest makes room first.
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

    /// - Parameter onClosed: Called for each connection that had to make room or took too long to send a request.
    init(_ limits: ConnectionLimits, logger: Logger, onClosed: @escaping @Sendable () -> Void = {}) {
        self.limits = limits
        self.logger = logger
        self.onClosed = onClosed
    }

    /// A server that keeps to the limits.
    func server(_ limits: ConnectionLimits) -> HTTPServerBuilder {
        .stoppableHTTP1(
            configuration: .init(
                additionalChannelHandlers: [ConnectionReporting(self)],
                idleTimeout: .nanoseconds(Int64(limits.longestSilence / .nanoseconds(1)))))
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
            channel.close(promise: nil)
            note("there were too many")
        }
    }

    func active(_ channel: any Channel) {
        state.withLock { state in
            state.moment += 1
            state.entries[ObjectIdentifier(channel)]?.lastActive = state.moment
            state.entries[ObjectIdentifier(channel)]?.hasSentRequest = true
        }
    }

    /// The server closes it, for whatever reason.
    func closing(_ channel: any Channel) {
        let isSilent = state.withLock { $0.entries[ObjectIdentifier(channel)]?.hasSentRequest == false }
        if isSilent { note("no request came in time") }
    }

    /// A request has been coming for longer than one may.
    func tookTooLong(_ channel: any Channel) {
        channel.close(promise: nil)
        note("a request took too long to arrive")
    }

    func closed(_ channel: any Channel) {
        state.withLock { _ = $0.entries.removeValue(forKey: ObjectIdentifier(channel)) }
    }

    /// Those that make room for one more from an address.
    static func leaving(
        _ entries: [ObjectIdentifier: Entry], for address: String, _ limits: ConnectionLimits
    ) -> [ObjectIdentifier: Entry] {
        let own = entries.filter { $0.value.address == address }
        let candidates = own.count >= limits.perAddress ? own : entries.count >= limits.total ? entries : [:]
        let first = candidates.min { $0.value.rank < $1.value.rank }
        return first.map { [$0.key: $0.value] } ?? [:]
    }

    /// Counts each, and says it once a minute at most.
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

/// Tells of one connection's life; it stands in the channel behind the decoding of requests, so that what it sees is
/// whole: a head that is half sent is no activity.
final class ConnectionReporting: ChannelDuplexHandler, RemovableChannelHandler {
    typealias InboundIn = HTTPRequestPart
    typealias OutboundIn = NIOAny

    private let connections: OpenConnections
    /// Ends a request that is still coming then.
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
        // Of one half, the other goes on.
        if case .all = mode { connections.closing(context.channel) }
        context.close(mode: mode, promise: promise)
    }

    func channelInactive(context: ChannelHandlerContext) {
        deadline?.cancel()
        connections.closed(context.channel)
        context.fireChannelInactive()
    }
}
