// SPDX-License-Identifier: Apache-2.0
import Daybook
import Foundation
import Synchronization

/// A storage whose disk is full for a while: it can be read, and no attempt can be written down.
final class FullStorage: WarningStorage {
    struct NoRoom: Error {}

    private let inner: any WarningStorage
    private let refusals: Mutex<Int>

    /// - Parameter refusals: How often it refuses, until there is room again.
    init(_ inner: any WarningStorage, refusals: Int) {
        self.inner = inner
        self.refusals = Mutex(refusals)
    }

    func settle(_ attempt: Delivery.Attempt, of delivery: Delivery.ID, next: Date?) async throws {
        let isFull = refusals.withLock { left in
            left -= 1
            return left >= 0
        }
        if isFull { throw NoRoom() }
        try await inner.settle(attempt, of: delivery, next: next)
    }

    func notifiers() async throws -> [Notifier] { try await inner.notifiers() }

    func addNotifier(_ target: Notifier.Target, by actor: Actor, at: Date) async throws -> Notifier {
        try await inner.addNotifier(target, by: actor, at: at)
    }

    func removeNotifier(_ id: Notifier.ID, by actor: Actor, at: Date) async throws -> Bool {
        try await inner.removeNotifier(id, by: actor, at: at)
    }

    func warnings(of connection: Connection.ID) async throws -> ConnectionWarnings {
        try await inner.warnings(of: connection)
    }

    func hasErrors(of connection: Connection.ID, unchangedSince since: Date) async throws -> Bool {
        try await inner.hasErrors(of: connection, unchangedSince: since)
    }

    func secondCopySeen(on connection: Connection.ID, since: Date) async throws -> Date? {
        try await inner.secondCopySeen(on: connection, since: since)
    }

    func announce(
        _ announcements: [Announcement], keeping warnings: ConnectionWarnings, insteadOf before: ConnectionWarnings,
        on connection: Connection.ID
    ) async throws -> Bool {
        try await inner.announce(announcements, keeping: warnings, insteadOf: before, on: connection)
    }

    func deliveryAgenda(at: Date) async throws -> DeliveryAgenda { try await inner.deliveryAgenda(at: at) }

    func keepTest(_ announcement: Announcement, to notifier: Notifier.ID, attempt: Delivery.Attempt) async throws {
        try await inner.keepTest(announcement, to: notifier, attempt: attempt)
    }

    func deliveries(limit: Int) async throws -> [Delivery] { try await inner.deliveries(limit: limit) }
}
