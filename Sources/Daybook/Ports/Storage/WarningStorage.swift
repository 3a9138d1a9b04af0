// SPDX-License-Identifier: Apache-2.0
package import Foundation

/// All the core asks of a database to tell people about connections.
///
/// Verbs like ``Storage``'s: each atomic, durable when it returns, without outside effect.
package protocol WarningStorage: Sendable {
    // MARK: Whom to tell

    /// Those there are, oldest first.
    func notifiers() async throws -> [Notifier]

    /// Keeps a new notifier, its address and secret sealed; its number is the storage's choice.
    func addNotifier(_ target: Notifier.Target, by actor: Actor, at: Date) async throws -> Notifier

    /// Forgets where it is and withdraws what is on its way there; its deliveries stay in the log.
    /// - Returns: False when there is no such notifier.
    func removeNotifier(_ id: Notifier.ID, by actor: Actor, at: Date) async throws -> Bool

    // MARK: What to tell

    /// What people were told about a connection.
    func warnings(of connection: Connection.ID) async throws -> ConnectionWarnings

    /// When a second user of the connection's token was last noticed; nil if not since that moment, or not
    /// since the last consent.
    func secondCopySeen(on connection: Connection.ID, since: Date) async throws -> Date?

    /// Keeps what people know and puts the announcements on their way to every notifier, in one commit.
    /// - Returns: False, and nothing is changed, when something else than `before` is stored.
    func announce(
        _ announcements: [Announcement], keeping warnings: ConnectionWarnings, insteadOf before: ConnectionWarnings,
        on connection: Connection.ID
    ) async throws -> Bool

    // MARK: On the way

    /// The delivery that has been due longest, and when the next one will be.
    func deliveryAgenda(at: Date) async throws -> DeliveryAgenda

    /// Writes an attempt down. With no next one, the delivery has arrived or is given up. One that was
    /// withdrawn meanwhile stays so.
    func settle(_ attempt: Delivery.Attempt, of delivery: Delivery.ID, next: Date?) async throws

    /// Writes down a trial that was made.
    func keepTest(_ announcement: Announcement, to notifier: Notifier.ID, attempt: Delivery.Attempt) async throws

    /// The delivery log, newest first.
    func deliveries(limit: Int) async throws -> [Delivery]
}

/// What the deliverer has to do at a moment.
package struct DeliveryAgenda: Sendable, Equatable {
    package let due: DueDelivery?
    /// When the next one is due that is not due yet.
    package let next: Date?

    package init(due: DueDelivery?, next: Date?) {
        self.due = due
        self.next = next
    }
}

/// A delivery to be attempted now.
package struct DueDelivery: Sendable, Equatable {
    package let id: Delivery.ID
    package let notifier: Notifier.ID
    package let target: Notifier.Target
    package let announcement: Announcement
    /// How many attempts have failed.
    package let failures: Int

    package init(
        id: Delivery.ID, notifier: Notifier.ID, target: Notifier.Target, announcement: Announcement, failures: Int
    ) {
        self.id = id
        self.notifier = notifier
        self.target = target
        self.announcement = announcement
        self.failures = failures
    }
}
