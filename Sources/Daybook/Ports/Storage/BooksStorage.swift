// SPDX-License-Identifier: Apache-2.0
package import Foundation

/// Account numbers, and stores with their companies.
///
/// Verbs like ``Storage``'s: each atomic, durable when it returns, without outside effect.
package protocol BooksStorage: Sendable {
    func books() async throws -> BooksSettings

    /// Keeps account numbers and stores, and answers what was kept before. A store that is there keeps its company, whatever `settings` say of
    /// it: that is ``assign(_:to:by:at:)``'s to change.
    @discardableResult
    func saveBooks(_ settings: BooksSettings, by actor: Actor, at: Date) async throws -> BooksSettings

    /// Lets a store post to another company. Its exports without an envelope move along; those with one stay.
    func assign(_ store: StoreNumber, to connection: Connection.ID, by actor: Actor, at: Date) async throws -> StoreMove
}
