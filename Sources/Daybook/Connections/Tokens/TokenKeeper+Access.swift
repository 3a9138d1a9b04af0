// SPDX-License-Identifier: Apache-2.0
import Foundation

/// What the Accounting API said of an access token.
extension TokenKeeper {
    /// The API answered 401 to a token that should have been good.
    ///
    /// A late answer to a token that has been replaced since says nothing about the present one.
    package func accessTokenRefused(_ connection: Connection.ID, generation: Int64, tid: String?) async throws {
        guard try await isPresent(generation, connection) else { return }
        let now = clock.now
        if update(connection, { $0.accessRefused(generation: generation, now: now) }) {
            try await setTrouble(.accessRefused, on: connection, generation: generation, tid: tid)
        }
    }

    /// The API answered 403/3100.
    ///
    /// The token endpoint may know why (a removed user, a disconnect), so it is asked at once, the first time.
    /// Where it still grants tokens, the connection is kept and tried again: a user may come back.
    package func companyRefused(_ connection: Connection.ID, generation: Int64, tid: String?) async throws {
        guard try await isPresent(generation, connection) else { return }
        try await setTrouble(.companyRefused, on: connection, generation: generation, tid: tid)
        let now = clock.now
        let asksWhy = update(connection) { $0.companyRefused(now: now) }
        guard asksWhy, !isStopping else { return }
        try await lock(of: connection).withLock {
            // Somebody else may have refreshed, or connected anew, while this one waited.
            guard let held = try await active(connection), held.grant.generation == generation else { return }
            _ = try await refresh(connection)
        }
    }

    private func isPresent(_ generation: Int64, _ connection: Connection.ID) async throws -> Bool {
        try await active(connection)?.grant.generation == generation
    }

    /// A call with this connection's token has worked.
    ///
    /// Reading works where writing is refused, so a call that only read does not end a lapsed subscription.
    package func accessTokenWorked(_ connection: Connection.ID, wrote: Bool) async throws {
        update(connection) { $0.accessWorked() }
        try await endTrouble(of: connection, by: wrote ? .writing : .call)
    }

    /// The company says that its subscription allows writing.
    package func subscriptionHolds(_ connection: Connection.ID) async throws {
        try await endTrouble(of: connection, by: .subscription)
    }

    private func endTrouble(of connection: Connection.ID, by evidence: ConnectionTrouble.Evidence) async throws {
        guard let stored = try await storage.connection(connection), let grant = stored.grant,
            let trouble = stored.trouble, trouble.isEnded(by: evidence)
        else { return }
        let note = ConnectionNote(.restored, at: clock.now, text: Self.restoredText, by: Self.actor)
        try await storage.setTrouble(nil, on: connection, generation: grant.generation, note: note)
        waking.wake(.company(connection))
    }

    /// Whether the API refused the present access token, and no other one has been fetched yet.
    package func isAccessRefused(_ connection: Connection.ID) async throws -> Bool {
        let generation = try await active(connection)?.grant.generation
        return generation != nil && remembered(connection).refusedGeneration == generation
    }

    /// Notes why the connection can't be used, unless a weightier reason is stored already.
    package func setTrouble(
        _ cause: ConnectionTrouble.Cause, on connection: Connection.ID, generation: Int64, tid: String?
    ) async throws {
        let trouble = ConnectionTrouble(cause: cause, since: clock.now, intuitTID: tid)
        if cause == .quickBooksUnreachable { update(connection) { $0.exporterTried(now: trouble.since) } }
        let stored = try await storage.connection(connection)
        guard cause.takes(thePlaceOf: stored?.trouble?.cause) else { return }
        logEvents.emit(.troubled(connection: connection, cause: cause, intuitTID: tid))
        try await storage.setTrouble(
            trouble, on: connection, generation: generation,
            note: ConnectionNote(.troubled, at: clock.now, text: trouble.explanation, by: Self.actor, intuitTID: tid))
    }

    /// A trouble ended with a refresh.
    func restored(_ connection: Connection.ID, tid: String?) async throws {
        try await note(.restored, Self.restoredText, on: connection, tid: tid)
        waking.wake(.company(connection))
    }

    private static let restoredText = "The connection works again"
}

/// A company that could not be called is called again, also when there is nothing to post.
extension TokenKeeper {
    /// - Returns: When to call next; idle when there is no trouble that a call would show to be over.
    func stepLook(_ connection: Connection.ID) async throws -> Wake {
        let active = try await active(connection)
        let now = clock.now
        guard let due = update(connection, { $0.lookDue(active, now: now) }) else { return .idle }
        guard now >= due else { return .at(due) }
        let moment = ledger.reserve(.single, for: connection, now: now)
        guard moment <= now else { return .at(moment) }
        update(connection) { $0.looked(now: now) }
        guard case .usable(let token) = try await token(for: connection) else { return .now }
        // Only an answer that shows the trouble to be over changes anything.
        if case .answer = await ledger.company(access: LedgerAccess(token, of: connection)) {
            try await accessTokenWorked(connection, wrote: false)
        }
        return .now
    }
}
