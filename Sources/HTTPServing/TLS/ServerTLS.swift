// SPDX-License-Identifier: Apache-2.0
package import NIOCore
import NIOSSL
import Synchronization

/// What new connections are encrypted with; another certificate can take its place while the server runs.
package final class ServerTLS: Sendable {
    private let current: Mutex<NIOSSLContext>

    package init(_ certificate: ServerCertificate) throws(UnusableCertificate) {
        current = Mutex(try certificate.context())
    }

    /// From now on new connections get this certificate; those that are open go on as they are.
    package func use(_ certificate: ServerCertificate) throws(UnusableCertificate) {
        let context = try certificate.context()
        current.withLock { $0 = context }
    }

    func handler() -> NIOSSLServerHandler { NIOSSLServerHandler(context: current.withLock { $0 }) }
}

extension Channel {
    /// Closes the connection without TLS' closing messages, for which the client could make the server wait.
    package func closeAtOnce() {
        eventLoop.execute { [self] in
            // Without TLS there is no such handler.
            guard let encrypted = try? pipeline.syncOperations.context(handlerType: NIOSSLServerHandler.self) else {
                return close(promise: nil)
            }
            // A call on a handler's context passes by the handler itself.
            encrypted.close(promise: nil)
        }
    }
}
