// SPDX-License-Identifier: Apache-2.0
import Foundation

/// When a company is called that gives no answers, or none that are certain.
///
/// Waits are kept as lengths, beside the moments in the database: those are of the wall clock, which somebody may set.
/// After a restart only the moments are known.
extension Exporter {
    /// The next look is due when this wait is over.
    func waitToLook(_ connection: Connection.ID, _ length: Duration) {
        lookWaits[connection] = ExporterWait(from: clock.elapsed, length: length)
    }

    /// The agenda with the looks that are due by the length of their wait.
    func byLength(_ agenda: Agenda, of connection: Connection.ID) async throws -> Agenda {
        guard let left = lookWaits[connection]?.left(at: clock.elapsed) else { return agenda }
        if left > .zero { return agenda.withLooks(at: clock.end(ofWait: left)) }
        // The clock was put back: by the moments in the database the wait is not over.
        guard agenda.dueLooks.isEmpty, let next = agenda.nextLook else { return agenda }
        return try await self.agenda(of: connection, at: next, limit: ledger.envelopeCapacity)
    }

    /// Takes room for a call: first in the pace of an outage, then in Intuit's.
    ///
    /// - Returns: Nil when it may be made now.
    func reserve(_ call: LedgerCall, _ sending: SendingState, _ context: PostingContext) -> Wake? {
        let now = clock.now
        var pace = pace(of: context.connection, sending)
        if let left = pace?.wait(at: clock.elapsed, beside: keeper.calls(for: context.connection)) {
            return .at(clock.end(ofWait: left))
        }
        let start = ledger.reserve(call, for: context.connection, now: now)
        guard start <= now else { return .at(start) }
        pace?.noteCall(at: clock.elapsed)
        outages[context.connection] = pace
        return nil
    }

    /// In an outage a refresh of the token has a minute for itself: it may read the discovery document first, and asks
    /// twice when no answer comes.
    ///
    /// - Returns: Nil when the token may be asked for now.
    func refreshWake(_ connection: Connection.ID, _ sending: SendingState) async throws -> Wake? {
        guard let pace = pace(of: connection, sending), try await keeper.wouldRefresh(connection),
            let left = pace.wait(
                at: clock.elapsed, beside: keeper.calls(for: connection), calls: OutagePace.mostCalls)
        else { return nil }
        return .at(clock.end(ofWait: left))
    }

    /// Nil while QuickBooks answers.
    private func pace(of connection: Connection.ID, _ sending: SendingState) -> OutagePace? {
        guard !sending.breaker.isClosed || failing[connection] != nil else {
            outages[connection] = nil
            return nil
        }
        let pace = outages[connection] ?? OutagePace(began: failing[connection]?.since ?? clock.elapsed)
        outages[connection] = pace
        return pace
    }

    /// A call that got no answer, and is made again sooner than the calls of an outage, counts once.
    func forgetOutageCall(_ connection: Connection.ID, madeAgainAfter wait: Duration) {
        if wait < FailingRun.longestWait { outages[connection]?.forgetLatestCall() }
    }

    func beginPaceAnew(_ connection: Connection.ID) { outages[connection] = nil }

    /// To be called when the circuit breaker has closed.
    func endOutage(_ connection: Connection.ID) {
        outages[connection] = nil
        lookWaits[connection] = nil
    }
}

extension Agenda {
    /// The agenda with no look due before a moment.
    fileprivate func withLooks(at moment: Date) -> Agenda {
        let hasLooks = !dueLooks.isEmpty || nextLook != nil
        return Agenda(
            interrupted: interrupted, ready: ready, dueLooks: [], nextLook: hasLooks ? moment : nil, pending: pending,
            suspects: suspects, sending: sending, unsettled: unsettled, markerLook: markerLook, sought: sought)
    }
}
