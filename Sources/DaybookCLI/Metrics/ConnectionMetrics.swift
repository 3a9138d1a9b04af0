// SPDX-License-Identifier: Apache-2.0
import Daybook
import Foundation

/// Metrics that are read from the desk when somebody asks: clocks, states and counts of the queue.
struct ConnectionMetrics: Sendable {
    let desk: Desk
    let clock: any WallClock

    func samples() async throws -> [PrometheusText.Sample] {
        var samples = StorageTrouble.allCases.map { kind in
            PrometheusText.Sample(.storageTrouble, [("kind", kind.rawValue)], desk.storageTrouble == kind ? 1 : 0)
        }
        samples.append(.init(.backupFailed, [], desk.backups.failure == nil ? 0 : 1))
        for connection in try await desk.connections.all() { samples += try await self.samples(of: connection) }
        let counts = try await desk.queue.exportCounts()
        for state in ExportState.Name.allCases {
            samples.append(.init(.exports, [("state", state.rawValue)], Double(counts[state] ?? 0)))
        }
        return samples
    }

    private func samples(of connection: Connection) async throws -> [PrometheusText.Sample] {
        let label = ("connection", "\(connection.id.value)")
        var samples = [Connection.Status.notConnected, .connected, .broken].map { status in
            let isIn: Double = status == connection.status ? 1 : 0
            return PrometheusText.Sample(.connectionState, [label, ("state", status.rawValue)], isIn)
        }
        if let trouble = connection.trouble {
            samples.append(.init(.connectionTrouble, [label, ("cause", trouble.cause.rawValue)], 1))
        }
        if let grant = connection.grant {
            let clocks = ConnectionClocks(grant, at: clock.now)
            samples.append(.init(.idleSecondsLeft, [label], clocks.idle.left.seconds))
            if let hard = clocks.hard { samples.append(.init(.hardSecondsLeft, [label], hard.left.seconds)) }
        }
        let refreshes = try await desk.connections.refreshes(of: connection.id)
        if refreshes.attempts > 0 {
            let share = Double(refreshes.successes) / Double(refreshes.attempts)
            samples.append(.init(.refreshSuccessRatio, [label], share))
        }
        samples += try await copySamples(of: connection, label)
        samples.append(
            .init(.warningsInForce, [label], Double(try await desk.notifications.warnings(of: connection.id).count)))
        return samples
    }

    private func copySamples(
        of connection: Connection, _ label: (String, String)
    ) async throws -> [PrometheusText.Sample] {
        guard let copy = try await desk.connections.restoredCopy(of: connection.id) else { return [] }
        let left = copy.lookedUpUntil.timeIntervalSince(clock.now)
        let samples: [PrometheusText.Sample] = [
            .init(.restoredCopySecondsLeft, [label], left),
            .init(.restoredCopyUnknownDocuments, [label], Double(copy.unknownDocuments)),
        ]
        let missing = copy.missingEnvelopes.map {
            PrometheusText.Sample(.restoredCopyMissingEnvelopes, [label], Double($0))
        }
        return samples + [missing].compactMap(\.self)
    }
}
