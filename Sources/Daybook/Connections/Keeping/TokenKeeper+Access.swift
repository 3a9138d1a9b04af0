// SPDX-License-Identifier: Apache-2.0
import Foundation

/// What the Accounting API said of an access token.
extension TokenKeeper {
    /// How many failures in a row are said on the page: one or two are an ordinary hiccup.
    static let failuresUntilSaid = 3

    /// The API answered 401 to a token that should have been good.
    ///
    /// A late answer to a token that is replaced by now says nothing of the present one.
    package func accessTokenRefused(_ connection: Connection.ID, generation: Int64, tid: String?) async throws {
        guard try await isPresent(generation, connection) else { return }
        let now = clock.now
        let refusals = update(connection) { turn -> Int in
            guard turn.refusedGeneration != generation else { return 0 }
            turn.refusedGeneration = generation
            turn.refusals += 1
            // A fresh token was refused too; asking for another at once would only hammer.
            if turn.refusals > 1 {
                turn.refusedUntil = now.addingTimeInterval(
                    TokenCadence.retryDelay(failures: turn.refusals + 2).seconds)
            }
            return turn.refusals
        }
        if refusals >= Self.failuresUntilSaid {
            try await setTrouble(.accessRefused, on: connection, generation: generation, tid: tid)
        }
    }

    /// The API answered 403/3100.
    ///
    /// The token endpoint may know why (a removed user, a disconnect), so it is asked at once, the first time.
    /// Where it still grants, the connection is kept and tried again: a user may come back.
    package func companyRefused(_ connection: Connection.ID, generation: Int64, tid: String?) async throws {
        guard try await isPresent(generation, connection) else { return }
        try await setTrouble(.companyRefused, on: connection, generation: generation, tid: tid)
        let now = clock.now
        let asksWhy = update(connection) { turn in
            turn.lookNotBefore = now.addingTimeInterval(Self.lookAgain.seconds)
            if let asked = turn.askedWhyAt, now.timeIntervalSince(asked) < Self.askWhyAgain.seconds { return false }
            turn.askedWhyAt = now
            return true
        }
        guard asksWhy, !isStopping else { return }
        try await lock(of: connection).withLock {
            // Somebody else may have refreshed, or connected anew, while this one waited.
            guard let held = try await holding(connection), held.grant.generation == generation else { return }
            _ = try await refresh(connection)
        }
    }

    private func isPresent(_ generation: Int64, _ connection: Connection.ID) async throws -> Bool {
        try await holding(connection)?.grant.generation == generation
    }

    /// A call with this connection's token has worked.
    ///
    /// Reading still works where writing is refused, so nothing that was only read ends a lapsed subscription.
    package func accessTokenWorked(_ connection: Connection.ID, wrote: Bool) async throws {
        update(connection) { turn in
            turn.refusedGeneration = nil
            turn.refusals = 0
            turn.refusedUntil = nil
        }
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
        let note = ConnectionNote(.restored, at: clock.now, text: Self.restoredText, by: Self.name)
        try await storage.setTrouble(nil, on: connection, generation: grant.generation, note: note)
        waking.wake(.company(connection))
    }

    /// Whether the access token was refused, and no other one is asked for yet.
    package func isAccessRefused(_ connection: Connection.ID) async throws -> Bool {
        let generation = try await holding(connection)?.grant.generation
        return generation != nil && remembered(connection).refusedGeneration == generation
    }

    /// Notes why the connection can't be used; a weightier reason that stands already stays.
    package func setTrouble(
        _ cause: ConnectionTrouble.Cause, on connection: Connection.ID, generation: Int64, tid: String?
    ) async throws {
        let trouble = ConnectionTrouble(cause: cause, since: clock.now, intuitTID: tid)
        let stored = try await storage.connection(connection)
        guard cause.takes(thePlaceOf: stored?.trouble?.cause) else { return }
        notices.emit(.troubled(connection: connection, cause: cause, intuitTID: tid))
        try await storage.setTrouble(
            trouble, on: connection, generation: generation,
            note: ConnectionNote(.troubled, at: clock.now, text: trouble.explanation, by: Self.name, intuitTID: tid))
    }

    /// A trouble ended with a refresh.
    func restored(_ connection: Connection.ID, tid: String?) async throws {
        try await note(.restored, Self.restoredText, on: connection, tid: tid)
        waking.wake(.company(connection))
    }

    private static let restoredText = "The connection works again"
}

/// A company that could not be called is looked at again, also when there is nothing to post.
extension TokenKeeper {
    static let lookAgain = Duration.seconds(600)
    /// A company that is refused by turns is no reason to ask the token endpoint by turns.
    static let askWhyAgain = Duration.seconds(12 * 3_600)

    /// - Returns: When to look next; idle when nothing is amiss that a look would show to be over.
    func stepLook(_ connection: Connection.ID) async throws -> Wake {
        guard let held = try await holding(connection), let trouble = held.trouble, trouble.isEnded(by: .call) else {
            return .idle
        }
        let now = clock.now
        // Whoever posts tries by himself; a look at the company must not call over what keeps the posting.
        if trouble.cause == .quickBooksUnreachable, (0..<3_600).contains(now.timeIntervalSince(trouble.since)) {
            return .idle
        }
        guard let due = remembered(connection).lookNotBefore?.within(Self.lookAgain, of: now) else {
            // Found at start: a look soon, but not in the rush of all the others.
            let first = now.addingTimeInterval(TokenCadence.secondOpinion.seconds)
            update(connection) { $0.lookNotBefore = first }
            return .at(first)
        }
        guard now >= due else { return .at(due) }
        let moment = ledger.reserve(.single, for: connection, now: now)
        guard moment <= now else { return .at(moment) }
        update(connection) { $0.lookNotBefore = now.addingTimeInterval(Self.lookAgain.seconds) }
        guard case .usable(let token) = try await token(for: connection) else { return .now }
        let access = LedgerAccess(
            connection: connection, environment: token.environment, realmID: token.company.realmID,
            accessToken: token.accessToken)
        // What it says of the trouble is known; only that it is over would be news.
        if case .answer = await ledger.company(access: access) {
            try await accessTokenWorked(connection, wrote: false)
        }
        return .now
    }
}
