// SPDX-License-Identifier: Apache-2.0
package import Foundation
import NIOCore
import NIOPosix
import NIOSSL
import NIOTLS

/// The certificate that a server shows, and what keeps a client from accepting it.
package struct PresentedCertificate: Equatable, Sendable {
    package enum Doubt: Equatable, Sendable {
        /// No trusted authority has signed it, or it is damaged.
        case issuer
        /// It is for another name.
        case name
    }

    package let notBefore: Date
    package let notAfter: Date
    /// Nil for a certificate that a client accepts.
    ///
    /// An expired certificate has a doubt, too.
    package let doubt: Doubt?

    /// Connects as a client does, and sends nothing.
    ///
    /// - Parameters:
    ///   - authorities: A PEM file with the authorities that are trusted; nil for the system's.
    /// - Throws: ``TransportError`` if no server answers, or one that doesn't speak TLS.
    package static func look(
        host: String, port: Int, trusting authorities: String? = nil
    ) async throws(TransportError) -> PresentedCertificate {
        try await look(host: host, port: port, roots: authorities.map { .file($0) } ?? .default)
    }

    /// - Parameter deadline: For each of at most two connections: the second one, without verification, fetches a
    ///   certificate that the first one refused.
    static func look(
        host: String, port: Int, deadline: Duration = .seconds(10), roots: NIOSSLTrustRoots = .default
    ) async throws(TransportError) -> PresentedCertificate {
        let probe = HandshakeProbe(host: host, port: port, deadline: deadline, roots: roots)
        do {
            return try await probe.handshake(.fullVerification).presented(nil)
        } catch let refused where refused is NIOSSLError || refused is NIOSSLExtraError {
            let isName = refused as? NIOSSLExtraError == .failedToValidateHostname
            do {
                return try await probe.handshake(.none).presented(isName ? .name : .issuer)
            } catch {
                throw failure(error)
            }
        } catch {
            throw failure(error)
        }
    }

    private static func failure(_ error: any Error) -> TransportError {
        error as? TransportError ?? TransportError(clientError: error)
    }
}

/// Opens a connection with TLS, and closes it when the handshake is over.
private struct HandshakeProbe {
    /// The time in which a certificate is valid.
    struct Span: Sendable {
        let notBefore: Date
        let notAfter: Date

        func presented(_ doubt: PresentedCertificate.Doubt?) -> PresentedCertificate {
            PresentedCertificate(notBefore: notBefore, notAfter: notAfter, doubt: doubt)
        }
    }

    let host: String
    let port: Int
    let deadline: Duration
    let roots: NIOSSLTrustRoots

    func handshake(_ verification: CertificateVerification) async throws -> Span {
        var security = AsyncHTTPTransport.security
        security.certificateVerification = verification
        security.trustRoots = roots
        let context = try NIOSSLContext(configuration: security)
        // TLS can ask for a certificate by a name only; for an address the certificate has to hold the address itself.
        let name = (try? SocketAddress(ipAddress: host, port: port)) == nil ? host : nil
        let loop = MultiThreadedEventLoopGroup.singleton.any()
        let finished = loop.makePromise(of: Span.self)
        let (host, port, limit) = (host, port, TimeAmount(deadline))
        ClientBootstrap(group: loop)
            .connectTimeout(limit)
            .channelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    let pipeline = channel.pipeline.syncOperations
                    try pipeline.addHandler(NIOSSLClientHandler(context: context, serverHostname: name))
                    try pipeline.addHandler(HandshakeEnd(finished))
                }
            }
            .connect(host: host, port: port)
            .whenFailure { finished.fail($0) }
        let timeout = loop.scheduleTask(in: limit + limit) { finished.fail(TransportError.timedOut(sentBytes: false)) }
        defer { timeout.cancel() }
        return try await finished.futureResult.get()
    }
}

/// Says how a handshake has ended, and closes the connection.
private final class HandshakeEnd: ChannelInboundHandler {
    typealias InboundIn = ByteBuffer

    private let finished: EventLoopPromise<HandshakeProbe.Span>

    init(_ finished: EventLoopPromise<HandshakeProbe.Span>) { self.finished = finished }

    func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
        if case .handshakeCompleted? = event as? TLSUserEvent {
            finished.completeWith(Result { try span(context) })
            context.close(promise: nil)
        }
        context.fireUserInboundEventTriggered(event)
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        finished.fail(error)
        context.close(promise: nil)
    }

    func channelInactive(context: ChannelHandlerContext) {
        finished.fail(ChannelError.eof)
        context.fireChannelInactive()
    }

    private func span(_ context: ChannelHandlerContext) throws -> HandshakeProbe.Span {
        guard let shown = try context.pipeline.syncOperations.nioSSL_peerCertificate() else { throw ChannelError.eof }
        return HandshakeProbe.Span(
            notBefore: Date(timeIntervalSince1970: TimeInterval(shown.notValidBefore)),
            notAfter: Date(timeIntervalSince1970: TimeInterval(shown.notValidAfter)))
    }
}
