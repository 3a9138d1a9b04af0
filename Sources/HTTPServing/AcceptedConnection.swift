// SPDX-License-Identifier: Apache-2.0
import HummingbirdCore
package import NIOCore
package import NIOHTTPTypes
import Synchronization

/// A connection that was accepted, until a task serves it.
///
/// One that arrives while the server ends finds no such task any more, and is closed. NIO's own `NIOAsyncChannel` ends
/// the process when it is released unserved (<https://github.com/apple/swift-nio/issues/2637>).
package final class AcceptedConnection: ServerChildChannelValue {
    package typealias HTTPChannel = NIOAsyncChannel<HTTPRequestPart, HTTPResponsePart>

    private let http: HTTPChannel
    private let isServed = Atomic(false)

    init(_ http: HTTPChannel) { self.http = http }

    package var channel: any Channel { http.channel }

    func serve(_ body: (HTTPChannel) async -> Void) async {
        isServed.store(true, ordering: .relaxed)
        await body(http)
    }

    deinit {
        guard !isServed.load(ordering: .relaxed) else { return }
        // The only public way to release it. An error only means that it was closed already.
        Task { [http] in try? await http.executeThenClose { _, _ in } }
    }
}
