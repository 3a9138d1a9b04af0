// SPDX-License-Identifier: Apache-2.0
package import Foundation

/// What the core asks of a database to notify people about connections.
///
/// Its verbs are like ``Storage``'s: each is atomic, durable when it returns, and has no outside effect.
package protocol WarningStorage: Sendable {
    // MARK: Whom to tell

    /// All notifiers, oldest first.
    func notifiers() async throws -> [Notifier]

    /// Keeps a new notifier, its address and secret sealed; its number is the storage's choice.
    func addNotifier(_ target: Notifier.Target, by actor: Actor, at: Date) async throws -> Notifier

    /// Erases a notifier's address and withdraws its waiting deliveries; all its deliveries stay in the log.
    /// - Returns: False when there is no such notifier.
    func removeNotifier(_ id: Notifier.ID, by actor: Actor, at: Date) async throws -> Bool

    // MARK: What to tell

    /// The warnings about a connection that people were told of.
    func warnings(of connection: Connection.ID) async throws -> ConnectionWarnings

    /// When a second user of the connection's token was last noticed; nil if not since that moment, or not
    /// since the last consent.
    func secondCopySeen(on connection: Connection.ID, since: Date) async throws -> Date?

    /// Whether an export of the company is in Error and has no line in its history since a moment.
    func hasErrors(of connection: Connection.ID, unchangedSince: Date) async throws -> Bool

    /// Stores the warnings that people are told of, and a delivery of each announcement to every notifier, in one
    /// commit.
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

    /// Stores a test message that was sent.
    func keepTest(_ announcement: Announcement, to notifier: Notifier.ID, attempt: Delivery.Attempt) async throws

    /// The delivery log, newest first.
    func deliveries(limit: Int) async throws -> [Delivery]
}

/// What ``DeliveryRound`` has to do at a moment.
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
