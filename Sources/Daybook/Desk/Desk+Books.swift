// SPDX-License-Identifier: Apache-2.0

extension Desk {
    package func books() async throws -> BooksSettings {
        try await storage.books()
    }

    /// Saves account numbers and stores, and lets what they kept from being sent try again.
    package func saveBooks(_ settings: BooksSettings, by actor: Actor) async throws {
        try authorize(.saveBooks, actor)
        let now = clock.now
        try await storage.saveBooks(settings, by: actor, at: now)
        for connection in try await storage.connections() {
            _ = try await storage.change(.blocked(connection.id), by: actor, at: now) {
                $0.progress.after(.problemCleared)
            }
        }
        waking.wake(.everyCompany)
    }
}
