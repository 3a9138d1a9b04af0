// SPDX-License-Identifier: Apache-2.0
import Foundation

/// Shows connections, tests and ends them.
package struct ConnectionsDesk: WorkingDesk {
    let storage: any ConnectionStorage & AppStorage & BooksStorage & ChartStorage & QueueStorage & CopyStorage
    let ledger: any Ledger
    let keeper: TokenKeeper
    let randomness: any Randomness
    let credentials: CredentialsDesk
    let work: DeskWork
    let charts = KeptCharts()

    init(_ surroundings: Desk.Surroundings, _ work: DeskWork, credentials: CredentialsDesk) {
        storage = surroundings.storage
        ledger = surroundings.ledger
        keeper = surroundings.keeper
        randomness = surroundings.randomness
        self.credentials = credentials
        self.work = work
    }

    package func all() async throws -> [Connection] {
        try await storage.connections()
    }

    package func connection(_ id: Connection.ID) async throws -> Connection? {
        try await storage.connection(id)
    }

    /// The connection of a company, for the pages to which Intuit sends people with a Realm ID.
    ///
    /// If two environments have the same Realm ID, it is the connection that was made first; a detached one only when
    /// there is no other.
    package func connection(realmID: String) async throws -> Connection? {
        let same = try await storage.connections().filter { $0.company?.realmID == realmID }
        return same.first { !$0.isDetached } ?? same.first
    }

    package func history(_ id: Connection.ID, limit: Int = 50) async throws -> [ConnectionNote] {
        try await storage.connectionHistory(id, limit: limit)
    }

    /// How many refreshes were tried and succeeded in the last `days` days.
    package func refreshes(of id: Connection.ID, days: Int = 30) async throws -> RefreshCount {
        try await storage.refreshes(of: id, since: clock.now.addingTimeInterval(-Double(days) * 86_400))
    }

    /// When a second user of the present token was last noticed; nil if not within a week, or not since the last
    /// consent.
    func secondCopySeen(on id: Connection.ID) async throws -> Date? {
        let memory = ConnectionWarnings.secondCopyMemory.seconds
        return try await storage.secondCopySeen(on: id, since: clock.now.addingTimeInterval(-memory))
    }

    /// Ends the grant at Intuit, then erases it here.
    ///
    /// - Throws: ``Desk/Refused`` when Intuit can't be told or refuses the keys; nothing was changed then.
    @discardableResult
    package func disconnect(_ id: Connection.ID, by actor: Actor) async throws -> Disconnected {
        try await act(.disconnect, by: actor, on: Act.Subject.connection(id)) {
            _ = try await storage.known(id)
            return try await keeper.disconnect(id, by: actor)
        }
    }

    /// Erases the grant here without telling Intuit, where it stays valid until it expires or is ended there.
    @discardableResult
    package func forget(_ id: Connection.ID, by actor: Actor) async throws -> Disconnected {
        try await act(.forget, by: actor, on: Act.Subject.connection(id)) {
            _ = try await storage.known(id)
            try await keeper.forget(id, by: actor)
            return .forgotten
        }
    }
}
