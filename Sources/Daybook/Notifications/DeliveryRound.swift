// SPDX-License-Identifier: Apache-2.0
import Foundation
import Synchronization

/// Sends the deliveries that are due, one per step.
///
/// It starts no task and holds no timer. If the outcome of an attempt can't be stored, the attempt is not made again:
/// its outcome is kept here, and nothing else is sent until it is stored. If the process ends before that, the attempt
/// is made again after the start: a delivery arrives at least once, always with the same id.
package final class DeliveryRound: Sendable {
    /// An attempt that was made, with the outcome that is to be stored.
    private struct Made {
        let due: DueDelivery
        let attempt: Delivery.Attempt
        let next: Date?
    }

    private let storage: any WarningStorage
    private let sender: any NotificationSender
    private let clock: any WallClock
    private let logEvents: any LogEventSink
    /// At most one, because no other attempt is made before it is stored.
    private let unsettled = Mutex<Made?>(nil)

    package init(
        storage: any WarningStorage, sender: any NotificationSender, clock: any WallClock, logEvents: any LogEventSink
    ) {
        self.storage = storage
        self.sender = sender
        self.clock = clock
        self.logEvents = logEvents
    }

    /// Makes one attempt if one is due; an earlier one whose outcome is not stored yet is stored first.
    package func step() async throws -> Wake {
        if let made = unsettled.withLock({ $0 }) { return try await settle(made) }
        let agenda = try await storage.deliveryAgenda(at: clock.now)
        guard let due = agenda.due else { return agenda.next.map(Wake.at) ?? .idle }
        let at = clock.now
        let outcome = await sender.send(due.announcement, as: due.id, to: due.target, at: at)
        let next = pause(after: outcome, failedBefore: due.failures).map { clock.now.addingTimeInterval($0.seconds) }
        let made = Made(due: due, attempt: Delivery.Attempt(at: at, outcome: outcome), next: next)
        unsettled.withLock { $0 = made }
        return try await settle(made)
    }

    private func settle(_ made: Made) async throws -> Wake {
        let due = made.due
        try await storage.settle(made.attempt, of: due.id, next: made.next)
        unsettled.withLock { $0 = nil }
        logEvents.emit(
            .delivery(
                kind: due.target.kind, notifier: due.notifier, id: due.id, outcome: made.attempt.outcome,
                next: made.next))
        return .now
    }

    private func pause(after outcome: DeliveryOutcome, failedBefore: Int) -> Duration? {
        switch outcome {
        case .delivered: nil
        case .failed: DeliverySchedule.pause(after: failedBefore + 1)
        }
    }
}
