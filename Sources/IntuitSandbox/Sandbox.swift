// SPDX-License-Identifier: Apache-2.0
public import Foundation
public import HTTPTransport
import HTTPTypes
import Synchronization

/// Intuit on the desk: its OAuth server and its Accounting API, with books behind them, a clock that can be
/// turned, and mishaps on demand.
///
/// It speaks only HTTP: in process as an ``HTTPTransport/HTTPTransport``, or through ``respond(to:)`` on a port.
/// It may be called from many tasks at once; calls are answered one after another.
public final class Sandbox: HTTPTransport, Sendable {
    private let state: Mutex<SandboxState>

    /// Makes a sandbox with its seeded companies and apps.
    public init(_ options: SandboxOptions = SandboxOptions()) {
        state = Mutex(SandboxState(options))
    }

    /// Answers one request in process.
    ///
    /// On a stepped clock no call waits: a latency or an answer that never comes moves the clock instead.
    /// On the wall clock a latency is really waited for, and a lost answer shows at once as a cut connection.
    ///
    /// - Throws: ``TransportError`` where a mishap loses or cuts the answer, or refuses the connection.
    public func send(_ request: TransportRequest, deadline: Duration) async throws -> TransportResponse {
        guard request.head.path != nil, request.head.authority != nil else {
            throw TransportError.invalidRequest(reason: "its address is not absolute")
        }
        switch await respond(to: request) {
        case .response(let response, let delay):
            try await wait(delay, deadline: deadline)
            return response
        case .cut:
            throw TransportError.connectionFailed(sentBytes: true, reason: "cut within the body")
        case .refuse:
            throw TransportError.connectionFailed(sentBytes: false, reason: "refused")
        case .silence(let silence):
            try await wait(silence, deadline: deadline)
            throw TransportError.connectionFailed(sentBytes: true, reason: "closed without an answer")
        case .drop:
            guard clockStands else {
                throw TransportError.connectionFailed(sentBytes: true, reason: "closed without an answer")
            }
            advance(by: deadline)
            throw TransportError.timedOut(sentBytes: true)
        }
    }

    /// What a port server is to do with one request.
    public func respond(to request: TransportRequest) async -> SandboxReply {
        withState { $0.handle(request) }
    }

    /// The sandbox's time.
    public var now: Date {
        withState {
            $0.catchUp()
            return $0.now.date
        }
    }

    /// Turns the clock forward; what falls due in between is carried out.
    public func advance(by duration: Duration) {
        withState {
            $0.clock.advance(by: duration)
            $0.catchUp()
        }
    }

    func withState<Result: Sendable>(_ body: (inout SandboxState) throws -> Result) rethrows -> Result {
        try state.withLock { state throws in try body(&state) }
    }

    private var clockStands: Bool { withState { $0.clock.stands } }

    private func wait(_ delay: Duration, deadline: Duration) async throws {
        guard delay > .zero else { return }
        let isLate = delay >= deadline
        let waited = isLate ? deadline : delay
        if clockStands {
            advance(by: waited)
        } else {
            do {
                try await Task.sleep(for: waited)
            } catch {
                throw TransportError.connectionFailed(sentBytes: true, reason: "cancelled")
            }
        }
        if isLate { throw TransportError.timedOut(sentBytes: true) }
    }
}
