// SPDX-License-Identifier: Apache-2.0
import Foundation

/// When a company is called while its circuit breaker is not closed.
///
/// Waits are kept as lengths beside the moments in the database, which are of a clock that somebody may set. After a restart
/// only the moments are known.
extension Exporter {
    /// The next look is due when this wait is over.
    func waitToLook(_ connection: Connection.ID, _ length: Duration) {
        lookWaits[connection] = ExporterWait(from: clock.elapsed, length: length)
    }

    /// The agenda with the looks that are due by the length of their wait.
    func byLength(_ agenda: Agenda, of connection: Connection.ID) async throws -> Agenda {
        guard let left = lookWaits[connection]?.left(at: clock.elapsed) else { return agenda }
        if left > .zero { return agenda.withLooks(at: clock.now.addingTimeInterval(left.seconds)) }
        // The clock was put back: by the moments in the database the wait is not over.
        guard agenda.dueLooks.isEmpty, let next = agenda.nextLook else { return agenda }
        return try await self.agenda(of: connection, at: next, limit: ledger.envelopeCapacity)
    }

    /// Nil when the company may be called now.
    func outageWake(_ connection: Connection.ID, _ sending: SendingState) -> Wake? {
        guard !sending.breaker.isClosed, let left = outages[connection]?.wait(at: clock.elapsed) else { return nil }
        return .at(clock.now.addingTimeInterval(left.seconds))
    }

    func noteOutageCall(_ connection: Connection.ID, _ sending: SendingState) {
        guard !sending.breaker.isClosed else { return }
        outages[connection, default: OutagePace(began: clock.elapsed)].noteCall(at: clock.elapsed)
    }

    /// A call that got no answer and is made again sooner than an outage's calls are counts once.
    func forgetOutageCall(_ connection: Connection.ID, madeAgainAfter wait: Duration) {
        if wait < Self.longestWait { outages[connection]?.forgetLatestCall() }
    }

    /// To be called when the circuit breaker has opened or closed.
    func beginOrEndOutage(_ connection: Connection.ID, _ breaker: CircuitBreaker) {
        outages[connection] = breaker.isClosed ? nil : OutagePace(began: clock.elapsed)
        if breaker.isClosed { lookWaits[connection] = nil }
    }
}

extension Agenda {
    /// Nothing is due before that moment.
    fileprivate func withLooks(at moment: Date) -> Agenda {
        let hasLooks = !dueLooks.isEmpty || nextLook != nil
        return Agenda(
            interrupted: interrupted, ready: ready, dueLooks: [], nextLook: hasLooks ? moment : nil, pending: pending,
            suspects: suspects, sending: sending, unsettled: unsettled, markerLook: markerLook, sought: sought)
    }
}
