// SPDX-License-Identifier: Apache-2.0

/// Read models of connections.
extension ConnectionsDesk {
    /// All connections, by id.
    package func overviews() async throws -> [ConnectionOverview] {
        let stores = try await storage.books().stores
        var overviews: [ConnectionOverview] = []
        for connection in try await storage.connections() {
            overviews.append(try await overview(of: connection, stores: stores))
        }
        return overviews
    }

    /// - Parameter limit: How many notes of the history.
    /// - Returns: Nil when there is no such connection.
    package func details(_ id: Connection.ID, history limit: Int) async throws -> ConnectionDetails? {
        guard let connection = try await storage.connection(id) else { return nil }
        let stores = try await storage.books().stores
        let counts = try await storage.exportCounts(of: id)
        return ConnectionDetails(
            overview: try await overview(of: connection, stores: stores), clocks: clocks(of: connection),
            stores: stores.filter { $0.connection == id }.sorted { $0.number < $1.number },
            inError: counts[.error] ?? 0, refreshes: try await refreshes(of: id, days: ConnectionDetails.refreshDays),
            proposal: try await credentials.proposal(of: id), history: try await history(id, limit: limit))
    }

    private func overview(of connection: Connection, stores: [Store]) async throws -> ConnectionOverview {
        let id = connection.id
        return ConnectionOverview(
            connection: connection, app: try await credentials.app(of: id),
            isNeeded: stores.contains { $0.connection == id } || (stores.isEmpty && id == .first),
            warnings: try await warningsInForce(on: connection), waiting: try await waiting(for: connection),
            restoredCopy: try await restoredCopy(of: id), postingStop: try await postingStop(of: id),
            unansweredPosting: try await unansweredPosting(on: connection))
    }

    /// The warnings that are in force now, most urgent first, whether or not people were told before.
    func warningsInForce(on connection: Connection) async throws -> [ConnectionWarning] {
        let seen = connection.grant == nil ? nil : try await secondCopySeen(on: connection.id)
        var fresh = ConnectionWarnings()
        return fresh.update(.init(connection, secondCopySeen: seen, now: clock.now)).compactMap {
            if case .warning(let warning) = $0 { warning } else { nil }
        }
    }

    /// The notice that the database is a restored copy, while it makes Daybook look up new documents; nil otherwise.
    package func restoredCopy(of connection: Connection.ID) async throws -> RestoredCopy? {
        guard let copy = try await storage.restoredCopy(of: connection), copy.isInForce(at: clock.now) else {
            return nil
        }
        return copy
    }

    /// Why nothing is posted to a company any more; nil while posting goes on.
    func postingStop(of connection: Connection.ID) async throws -> PostingStop? {
        try await storage.postingStop(of: connection)
    }

    /// Lets posting go on at every company where it is stopped.
    package func resumePosting(by actor: Actor) async throws {
        try await act(.resumePosting, by: actor) {
            try await storage.resumePosting(by: actor, at: clock.now)
        }
    }

    /// Set when QuickBooks has given no certain answer to postings for five minutes; nil otherwise.
    ///
    /// If the connection has a trouble, that explains it already, and this is nil.
    func unansweredPosting(on connection: Connection) async throws -> UnansweredPosting? {
        guard connection.trouble == nil else { return nil }
        return UnansweredPosting(try await storage.sendingState(of: connection.id).breaker, at: clock.now)
    }

    /// How many exports can't go out before the connection works.
    func waiting(for connection: Connection) async throws -> Int {
        guard connection.holdsExports else { return 0 }
        let counts = try await storage.exportCounts(of: connection.id)
        return (counts[.pending] ?? 0) + (counts[.exporting] ?? 0)
    }

    func clocks(of connection: Connection) -> ConnectionClocks? {
        connection.grant.map { ConnectionClocks($0, at: clock.now) }
    }
}

extension Connection {
    /// Whether Pending exports can't go out until something changes.
    package var holdsExports: Bool { status != .connected || trouble != nil }
}

extension Export {
    /// Whether it is **Waiting for connection**: Pending, while its company's connection can't be used.
    package func waitsForConnection(among connections: [Connection]) -> Bool {
        guard progress.state.name == .pending else { return false }
        return connections.first { $0.id == connection }?.holdsExports ?? true
    }
}
