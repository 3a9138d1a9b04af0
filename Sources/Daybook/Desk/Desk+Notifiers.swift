// SPDX-License-Identifier: Apache-2.0

extension Desk {
    /// Who is told when a connection needs a person, oldest first.
    package func notifiers() async throws -> [Notifier] {
        try await telling().storage.notifiers()
    }

    /// Adds somebody to be told from now on.
    ///
    /// - Returns: The notifier, and for a webhook its secret, which is never shown again.
    /// - Throws: ``Refused`` when the address is none, or is told already.
    package func saveNotifier(_ form: Notifiers.Form, by actor: Actor) async throws -> Notifiers.Added {
        try authorize(.saveNotifier, actor)
        let added = try await telling().add(form, by: actor)
        waking.wake(.notifications)
        return added
    }

    /// - Throws: ``Refused`` when there is no such notifier.
    package func deleteNotifier(_ id: Notifier.ID, by actor: Actor) async throws {
        try authorize(.deleteNotifier, actor)
        try await telling().remove(id, by: actor)
    }

    /// Sends a trial now and waits for its outcome, up to half a minute.
    ///
    /// - Throws: ``Refused`` when there is no such notifier.
    package func testNotifier(_ id: Notifier.ID, by actor: Actor) async throws -> DeliveryOutcome {
        try authorize(.testNotifier, actor)
        return try await telling().test(id)
    }

    /// The delivery log, newest first.
    package func deliveries(limit: Int = 100) async throws -> [Delivery] {
        try await telling().storage.deliveries(limit: limit)
    }

    /// What people were warned of about a connection and is not over yet.
    package func warnings(of id: Connection.ID) async throws -> [ConnectionWarning] {
        let told = try await telling().storage.warnings(of: id).told
        return ConnectionWarning.Subject.allCases.compactMap { told[$0] }
    }

    private func telling() throws -> Notifiers {
        guard let tellers else {
            throw Refused("This Daybook was started without notifications: it can tell nobody of a warning.")
        }
        return tellers
    }
}
