// SPDX-License-Identifier: Apache-2.0
import Daybook
import HTTPTransport
import IntuitSandbox
import Synchronization

/// The network before the sandbox. A lost answer shows at once as a cut connection, or only when the
/// deadline is over: a call that was cut at once may still be booked two minutes later.
final class AbruptNetwork: HTTPTransport {
    private let sandbox: Sandbox
    private let cutShare: Double
    private let random: Mutex<SeededGenerator>

    init(_ sandbox: Sandbox, cutShare: Double, seed: UInt64) {
        self.sandbox = sandbox
        self.cutShare = cutShare
        random = Mutex(SeededGenerator(seed: seed))
    }

    func send(_ request: TransportRequest, deadline: Duration) async throws -> TransportResponse {
        switch await sandbox.respond(to: request) {
        case .response(let response, let delay):
            sandbox.advance(by: min(delay, deadline))
            if delay >= deadline, delay > .zero { throw TransportError.timedOut(sentBytes: true) }
            return response
        case .cut: throw TransportError.connectionFailed(sentBytes: true, reason: "cut within the body")
        case .refuse: throw TransportError.connectionFailed(sentBytes: false, reason: "refused")
        case .silence(let silence):
            sandbox.advance(by: min(silence, deadline))
            if silence >= deadline { throw TransportError.timedOut(sentBytes: true) }
            throw TransportError.connectionFailed(sentBytes: true, reason: "closed without an answer")
        case .drop:
            if random.withLock({ [cutShare] in $0.happens(cutShare) }) {
                throw TransportError.connectionFailed(sentBytes: true, reason: "cut")
            }
            sandbox.advance(by: deadline)
            throw TransportError.timedOut(sentBytes: true)
        }
    }
}
