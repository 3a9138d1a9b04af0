// SPDX-License-Identifier: Apache-2.0

/// Adds, removes and tests notifiers, which are told when a connection needs a person.
package struct NotificationsDesk: WorkingDesk {
    /// Nil when Daybook was started without notifications.
    let notifiers: Notifiers?
    let work: DeskWork

    /// All notifiers, oldest first.
    package func list() async throws -> [Notifier] {
        try await telling().storage.notifiers()
    }

    /// Adds a mailbox or a webhook that is told from now on.
    ///
    /// A mailbox gets a trial mail at once, which takes up to half a minute.
    ///
    /// - Returns: The notifier, and for a webhook its secret, which is never shown again.
    /// - Throws: ``Desk/Refused`` when the address is not valid, or is a notifier's already.
    package func add(_ form: Notifiers.Form, by actor: Actor) async throws -> Notifiers.Added {
        try await act(.saveNotifier, by: actor) {
            let added = try await telling().add(form, by: actor)
            waking.wake(.notifications)
            return added
        }
    }

    /// - Throws: ``Desk/Refused`` when there is no such notifier.
    package func remove(_ id: Notifier.ID, by actor: Actor) async throws {
        try await act(.deleteNotifier, by: actor) {
            try await telling().remove(id, by: actor)
        }
    }

    /// Sends a test message now and waits for its outcome, up to half a minute.
    ///
    /// - Throws: ``Desk/Refused`` when there is no such notifier.
    package func test(_ id: Notifier.ID, by actor: Actor) async throws -> DeliveryOutcome {
        try await act(.testNotifier, by: actor) {
            try await telling().test(id)
        }
    }

    /// The delivery log, newest first.
    package func deliveries(limit: Int = 100) async throws -> [Delivery] {
        try await telling().storage.deliveries(limit: limit)
    }

    /// What people were warned of about a connection, as far as it is not over yet.
    package func warnings(of id: Connection.ID) async throws -> [ConnectionWarning] {
        let told = try await telling().storage.warnings(of: id).told
        return ConnectionWarning.Subject.allCases.compactMap { told[$0] }
    }

    private func telling() throws -> Notifiers {
        guard let notifiers else {
            throw Desk.Refused("This Daybook was started without notifications: it can tell nobody of a warning.")
        }
        return notifiers
    }
}
