// SPDX-License-Identifier: Apache-2.0
package import Foundation

/// Account numbers, and stores with their companies.
///
/// Its verbs are like ``Storage``'s: each is atomic, durable when it returns, and has no outside effect.
package protocol BooksStorage: Sendable {
    func books() async throws -> BooksSettings

    /// Stores account numbers and stores. A store that exists keeps its company, whatever `settings` say: only
    /// ``assign(_:to:by:at:)`` changes it.
    ///
    /// - Returns: What was stored before.
    @discardableResult
    func saveBooks(_ settings: BooksSettings, by actor: Actor, at: Date) async throws -> BooksSettings

    /// The names by which counters' files know accounts in a company, with what people chose for them, by source and
    /// name.
    func accountNames(of connection: Connection.ID) async throws -> [NamedAccount]

    /// Keeps the accounts that names mean in their companies, all or none; without an account a choice is taken back.
    func choose(_ names: [NamedAccount], by actor: Actor, at: Date) async throws

    /// Lets a store post to another company. Its exports without an envelope move along; those with one stay.
    func assign(_ store: StoreNumber, to connection: Connection.ID, by actor: Actor, at: Date) async throws -> StoreMove
}
