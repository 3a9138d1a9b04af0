// SPDX-License-Identifier: Apache-2.0
import HTTPTransport
import HTTPTypes
import Synchronization

/// Stops a worker in the middle of a batch, after the batch's effect and before its answer is seen: a
/// process that was suspended and goes on later.
final class Gate: HTTPTransport {
    private struct State {
        var isArmed = false
        /// Whether the batch is held before it has its effect.
        var isBefore = false
        var isHolding = false
        var held: CheckedContinuation<Void, Never>?
    }

    private let inner: any HTTPTransport
    private let state = Mutex(State())
    private let arrivals: AsyncStream<Void>
    private let arrival: AsyncStream<Void>.Continuation

    init(_ inner: any HTTPTransport) {
        self.inner = inner
        (arrivals, arrival) = AsyncStream.makeStream()
    }

    var isHolding: Bool { state.withLock { $0.isHolding } }

    /// The next batch's answer is held back; or the batch itself.
    func arm(before: Bool = false) { state.withLock { ($0.isArmed, $0.isBefore) = (true, before) } }

    func disarm() { state.withLock { $0.isArmed = false } }

    /// Tells the one who waits that the step is over, or held.
    func arrive() { arrival.yield() }

    func untilSomebodyArrives() async {
        for await _ in arrivals { return }
    }

    /// Lets the held call go on.
    func open() {
        let held = state.withLock { state in
            defer { (state.held, state.isHolding) = (nil, false) }
            return state.held
        }
        held?.resume()
    }

    func send(_ request: TransportRequest, deadline: Duration) async throws -> TransportResponse {
        let isBatch = request.head.path?.contains("/batch") == true
        if isBatch, state.withLock(\.isBefore), takeArming() { await hold() }
        let answer: Result<TransportResponse, any Error>
        do {
            answer = .success(try await inner.send(request, deadline: deadline))
        } catch {
            answer = .failure(error)
        }
        if isBatch, takeArming() { await hold() }
        return try answer.get()
    }

    private func takeArming() -> Bool {
        state.withLock { state in
            defer { state.isArmed = false }
            return state.isArmed
        }
    }

    private func hold() async {
        await withCheckedContinuation { continuation in
            state.withLock { ($0.held, $0.isHolding) = (continuation, true) }
            arrive()
        }
    }
}
