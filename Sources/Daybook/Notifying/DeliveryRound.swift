// SPDX-License-Identifier: Apache-2.0
import Foundation

/// Takes what is due to the people it is for, one delivery a step.
///
/// Starts no task and holds no timer. An attempt whose outcome could not be written down is made again: a
/// delivery arrives at least once, always with the same id.
package struct DeliveryRound: Sendable {
    private let storage: any WarningStorage
    private let courier: any Courier
    private let clock: any WallClock
    private let notices: any NoticeSink

    package init(
        storage: any WarningStorage, courier: any Courier, clock: any WallClock, notices: any NoticeSink
    ) {
        self.storage = storage
        self.courier = courier
        self.clock = clock
        self.notices = notices
    }

    /// Makes one attempt if one is due.
    package func step() async throws -> Wake {
        let agenda = try await storage.deliveryAgenda(at: clock.now)
        guard let due = agenda.due else { return agenda.next.map(Wake.at) ?? .idle }
        let at = clock.now
        let outcome = await courier.carry(due.announcement, as: due.id, to: due.target, at: at)
        let next = pause(after: outcome, failedBefore: due.failures).map { clock.now.addingTimeInterval($0.seconds) }
        try await storage.settle(.init(at: at, outcome: outcome), of: due.id, next: next)
        notices.emit(
            .delivery(kind: due.target.kind, notifier: due.notifier, id: due.id, outcome: outcome, next: next))
        return .now
    }

    private func pause(after outcome: DeliveryOutcome, failedBefore: Int) -> Duration? {
        switch outcome {
        case .delivered: nil
        case .failed: DeliverySchedule.pause(after: failedBefore + 1)
        }
    }
}
