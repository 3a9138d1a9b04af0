// SPDX-License-Identifier: Apache-2.0
import Foundation

/// Adds, removes and tests notifiers.
package struct Notifiers: Sendable {
    let storage: any WarningStorage
    let sender: any NotificationSender
    let clock: any WallClock
    let randomness: any Randomness
    let logEvents: any LogEventSink

    package init(
        storage: any WarningStorage, sender: any NotificationSender, clock: any WallClock, randomness: any Randomness,
        logEvents: any LogEventSink
    ) {
        self.storage = storage
        self.sender = sender
        self.clock = clock
        self.randomness = randomness
        self.logEvents = logEvents
    }

    /// A notifier as somebody enters it.
    package struct Form: Sendable, Equatable {
        package let kind: Notifier.Kind
        package let address: String

        package init(kind: Notifier.Kind, address: String) {
            self.kind = kind
            self.address = address
        }
    }

    /// A notifier that was just added.
    package struct Added: Sendable, Equatable {
        package let notifier: Notifier
        /// A webhook's signing secret, shown this once and never again.
        package let secret: Secret?
        /// What became of the trial mail that a mailbox gets at once; nil for a webhook.
        package let trial: DeliveryOutcome?
    }

    func add(_ form: Form, by actor: Actor) async throws -> Added {
        let target = try target(form)
        let known = try await storage.notifiers()
        if let twin = known.first(where: { $0.target.isSamePlace(as: target) }) {
            throw Desk.Refused("\(target.shown) is told already: it is notifier \(twin.id.value). Nothing was changed.")
        }
        if let words = await sender.refusal(of: target) { throw Desk.Refused("\(words) Nothing was changed.") }
        let notifier = try await storage.addNotifier(target, by: actor, at: clock.now)
        if case .webhook(_, let secret) = target { return Added(notifier: notifier, secret: secret, trial: nil) }
        // On a machine without a mail system nobody would ever be told, and nobody would know.
        return Added(notifier: notifier, secret: nil, trial: try await test(notifier.id))
    }

    func remove(_ id: Notifier.ID, by actor: Actor) async throws {
        guard try await storage.removeNotifier(id, by: actor, at: clock.now) else { throw Self.unknown(id) }
    }

    /// Sends a test message once, now, and stores the outcome.
    func test(_ id: Notifier.ID) async throws -> DeliveryOutcome {
        guard let notifier = try await storage.notifiers().first(where: { $0.id == id }) else {
            throw Self.unknown(id)
        }
        let at = clock.now
        let announcement = Announcement.test(id: Announcement.ID(drawnBy: randomness), at: at)
        let delivery = Delivery.ID(announcement.id, to: id)
        let outcome = await sender.send(announcement, as: delivery, to: notifier.target, at: at)
        try await storage.keepTest(announcement, to: id, attempt: .init(at: at, outcome: outcome))
        logEvents.emit(
            .delivery(kind: notifier.target.kind, notifier: id, id: delivery, outcome: outcome, next: nil))
        return outcome
    }

    private func target(_ form: Form) throws -> Notifier.Target {
        do {
            switch form.kind {
            case .email: return .email(try EmailAddress(form.address))
            case .webhook:
                // 32 bytes, as long as the hash's output; as base 32, so that it can be pasted anywhere.
                let secret = Secret("dbwh_" + Base32.text(randomness.bytes(32)))
                return .webhook(try WebhookAddress(form.address), secret: secret)
            }
        } catch {
            throw Desk.Refused("\(error.description) Nothing was changed.")
        }
    }

    private static func unknown(_ id: Notifier.ID) -> Desk.Refused {
        Desk.Refused("There is no notifier \(id.value). The Notifications page lists those there are.")
    }
}

extension Notifier.Target {
    fileprivate func isSamePlace(as other: Notifier.Target) -> Bool {
        switch (self, other) {
        case (.email(let mine), .email(let theirs)): mine.text.lowercased() == theirs.text.lowercased()
        case (.webhook(let mine, _), .webhook(let theirs, _)): mine == theirs
        case (.email, .webhook), (.webhook, .email): false
        }
    }
}
