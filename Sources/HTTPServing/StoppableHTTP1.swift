// SPDX-License-Identifier: Apache-2.0
package import HummingbirdCore
package import Logging
package import NIOCore
import NIOHTTPTypesHTTP1

/// HTTP/1.1 as Hummingbird speaks it, and HTTP/1.0; a connection that nobody serves any more is closed.
package struct StoppableHTTP1: ServerChildChannel {
    private let http: HTTP1Channel
    private let tls: ServerTLS?

    package init(_ http: HTTP1Channel, tls: ServerTLS? = nil) {
        self.http = http
        self.tls = tls
    }

    package func setup(channel: any Channel, logger: Logger) -> EventLoopFuture<AcceptedConnection> {
        channel.eventLoop.makeCompletedFuture {
            if let tls { try channel.pipeline.syncOperations.addHandler(tls.handler()) }
        }.flatMap {
            http.setup(channel: channel, logger: logger)
        }.map(AcceptedConnection.init).flatMapThrowing { accepted in
            let pipeline = channel.pipeline.syncOperations
            let codec = try pipeline.handler(type: HTTP1ToHTTPServerCodec.self)
            try pipeline.addHandler(ConnectionPersistence(), position: .before(codec))
            return accepted
        }
    }

    package func handle(value: AcceptedConnection, logger: Logger) async {
        await value.serve { await http.handle(value: $0, logger: logger) }
    }
}

extension HTTPServerBuilder {
    /// A server that can be stopped while connections arrive, and that asks for a body only when it reads it.
    ///
    /// - Parameter tls: What connections are encrypted with; nil for plain HTTP.
    package static func stoppableHTTP1(
        configuration: HTTP1Channel.Configuration = .init(), tls: ServerTLS? = nil
    ) -> HTTPServerBuilder {
        HTTPServerBuilder { responder in
            let http = HTTP1Channel(
                responder: { request, writer, channel in
                    var request = request
                    if request.expectsContinue {
                        request.body = RequestBody(
                            asyncSequence: AwaitedBody(body: request.body, channel: channel))
                    }
                    try await responder(request, writer, channel)
                }, configuration: configuration)
            return StoppableHTTP1(http, tls: tls)
        }
    }
}
