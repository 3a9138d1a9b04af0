// SPDX-License-Identifier: Apache-2.0

extension Desk {
    package func books() async throws -> BooksSettings {
        try await storage.books()
    }

    /// Saves account numbers and stores, and lets try again what the change may free.
    package func saveBooks(_ settings: BooksSettings, by actor: Actor) async throws {
        try authorize(.saveBooks, actor)
        let now = clock.now
        let change = BooksChange(from: try await storage.saveBooks(settings, by: actor, at: now), to: settings)
        for connection in try await storage.connections() {
            for problem in try await storage.blockingProblems(of: connection.id) where change.mayClear(problem) {
                _ = try await storage.change(.blockedBy(problem, connection.id), by: actor, at: now) {
                    $0.progress.after(.problemCleared)
                }
            }
        }
        waking.wake(.everyCompany)
    }
}
