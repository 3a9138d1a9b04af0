// SPDX-License-Identifier: Apache-2.0
import CoreMetrics
import Daybook

/// Counts the core's log events, and passes each on.
struct LogEventMetrics: LogEventSink {
    let registry: PrometheusRegistry
    let next: any LogEventSink

    func emit(_ event: LogEvent) {
        count(event)
        next.emit(event)
    }

    private func count(_ event: LogEvent) {
        switch event {
        case .recorded(let transactions): add(.transactionsRecorded, by: transactions)
        case .signedIn: add(.signIns)
        case .signInRefused: add(.signInsRefused)
        case .signedInAgain, .signedOut: break
        case .keyRefused: add(.keysRefused)
        case .notAllowed(let verb, _, _): add(.verbsRefused, [("verb", verb.rawValue)])
        case .leaseTaken: break
        case .leaseLost(let connection): add(.leasesLost, connection)
        case .acted: break
        case .sent(let connection, let exports, _, _):
            add(.envelopesSent, connection)
            add(.documentsSent, connection, by: exports.count)
        case .settled(_, let state): add(.exportsSettled, [("state", state.rawValue)])
        case .outcomeUnknown(let connection, let exports, _, _):
            add(.envelopesUnanswered, connection)
            add(.outcomesUnknown, connection, by: exports.count)
        case .looked(let connection, _, _): add(.looks, connection)
        case .lookFailed(let connection, _, _): add(.looksFailed, connection)
        case .doubleFound(let connection, _): add(.doubles, connection)
        case .sendingStopped(let connection): add(.sendingStops, connection)
        case .sendingResumed: break
        case .unreachable(let connection, _): add(.unreachable, connection)
        case .throttled(let connection): add(.throttled, connection)
        case .refreshed(let connection, let isRotated, _):
            add(.tokenRefreshes, connection)
            if isRotated { add(.tokenRotations, connection) }
        case .refreshFailed(let connection, let cause, _):
            add(.tokenRefreshFailures, connection, [("cause", cause.rawValue)])
        // ConnectionMetrics has a gauge for the present cause.
        case .troubled, .discovery: break
        case .restoredCopy(let notice): add(.restoredCopiesNoticed, [("sign", notice.sign.rawValue)])
        case .postingStopped(let connection, _): add(.postingStops, connection)
        case .secondCopy(let connection): add(.secondCopySigns, connection)
        case .warned(let connection, let subject, let isAllClear):
            let kind = isAllClear ? Announcement.Kind.allClear : .warning
            add(.announcements, connection, [("kind", kind.rawValue), ("subject", subject.rawValue)])
        case .delivery(let kind, _, _, let outcome, _):
            add(
                .deliveryAttempts,
                [("kind", kind.rawValue), ("result", outcome == .delivered ? "delivered" : "failed")])
        case .storageTrouble: add(.storageTroubles)
        // ConnectionMetrics has a gauge for it.
        case .storageCondition: break
        }
    }

    private func add(
        _ metric: Metric, _ connection: Connection.ID, _ labels: [(String, String)] = [], by amount: Int = 1
    ) {
        add(metric, [("connection", "\(connection.value)")] + labels, by: amount)
    }

    private func add(_ metric: Metric, _ labels: [(String, String)] = [], by amount: Int = 1) {
        Counter(label: metric.rawValue, dimensions: labels, factory: registry).increment(by: amount)
    }
}
