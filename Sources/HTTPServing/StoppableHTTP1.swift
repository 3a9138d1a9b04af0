// SPDX-License-Identifier: Apache-2.0
package import HummingbirdCore
package import Logging
package import NIOCore

/// HTTP/1.1 as Hummingbird speaks it; a connection that nobody serves any more is closed.
package struct StoppableHTTP1: ServerChildChannel {
    private let http: HTTP1Channel

    package init(_ http: HTTP1Channel) { self.http = http }

    package func setup(channel: any Channel, logger: Logger) -> EventLoopFuture<AcceptedConnection> {
        http.setup(channel: channel, logger: logger).map(AcceptedConnection.init)
    }

    package func handle(value: AcceptedConnection, logger: Logger) async {
        await value.serve { await http.handle(value: $0, logger: logger) }
    }
}

extension HTTPServerBuilder {
    /// A server that can be stopped while connections arrive.
    package static func stoppableHTTP1(
        configuration: HTTP1Channel.Configuration = .init()
    ) -> HTTPServerBuilder {
        HTTPServerBuilder { StoppableHTTP1(HTTP1Channel(responder: $0, configuration: configuration)) }
    }
}
