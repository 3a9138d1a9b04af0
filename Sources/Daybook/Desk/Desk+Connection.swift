// SPDX-License-Identifier: Apache-2.0
package import Foundation

extension Desk {
    package func connections() async throws -> [Connection] {
        try await storage.connections()
    }

    package func connection(_ id: Connection.ID) async throws -> Connection? {
        try await storage.connection(id)
    }

    /// Which connection belongs to a company, for the pages Intuit sends people to with a Realm ID.
    ///
    /// Of two environments with the same Realm ID, the connection that was made first; a detached one only when there is
    /// no other.
    package func connection(realmID: String) async throws -> Connection? {
        let same = try await storage.connections().filter { $0.company?.realmID == realmID }
        return same.first { !$0.isDetached } ?? same.first
    }

    package func connectionHistory(_ id: Connection.ID, limit: Int = 50) async throws -> [ConnectionNote] {
        try await storage.connectionHistory(id, limit: limit)
    }

    /// How refreshes went in the last so many days.
    package func refreshes(of id: Connection.ID, days: Int = 30) async throws -> RefreshCount {
        try await storage.refreshes(of: id, since: clock.now.addingTimeInterval(-Double(days) * 86_400))
    }

    /// When a second user of the present token was last noticed, if lately and since the last consent.
    package func secondCopySeen(on id: Connection.ID) async throws -> Date? {
        let memory = ConnectionWarnings.secondCopyMemory.seconds
        return try await storage.secondCopySeen(on: id, since: clock.now.addingTimeInterval(-memory))
    }

    /// Ends the grant at Intuit, then erases it here.
    ///
    /// - Throws: ``Refused`` when Intuit can't be told or refuses the keys; nothing was changed then.
    @discardableResult
    package func disconnect(_ id: Connection.ID, by actor: Actor) async throws -> Disconnected {
        try authorize(.disconnect, actor)
        _ = try await known(id)
        return try await keeper.disconnect(id, by: actor)
    }

    /// Erases the grant here without telling Intuit, where it lives on until it runs out or is ended there.
    @discardableResult
    package func forget(_ id: Connection.ID, by actor: Actor) async throws -> Disconnected {
        try authorize(.forget, actor)
        _ = try await known(id)
        try await keeper.forget(id, by: actor)
        return .forgotten
    }

    /// Lets a store post to another company, and its exports that were never sent along with it.
    ///
    /// - Throws: ``Refused`` when there is no such connection, or only looks up there what was sent over it.
    package func assign(_ store: StoreNumber, to id: Connection.ID, by actor: Actor) async throws -> StoreMove {
        try authorize(.assignStore, actor)
        let connection = try await known(id)
        guard !connection.isDetached else {
            throw Refused(
                """
                Connection \(id.value) is kept only to look up what was sent over it. Choose the other connection of \
                \(connection.company?.name ?? "its company"), which posts there.
                """)
        }
        let now = clock.now
        let move = try await storage.assign(store, to: id, by: actor, at: now)
        // What kept them from going out was said of the other company's accounts.
        _ = try await storage.change(.blocked(id), by: actor, at: now) { $0.progress.after(.problemCleared) }
        waking.wake(.company(id))
        return move
    }

    func known(_ id: Connection.ID) async throws -> Connection {
        guard let connection = try await storage.connection(id) else {
            throw Refused("There is no connection \(id.value). The Connections page lists those there are.")
        }
        return connection
    }
}
