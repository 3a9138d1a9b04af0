// SPDX-License-Identifier: Apache-2.0
package import Foundation
import Synchronization

/// The only one who rotates tokens: gives a usable access token, refreshed once however many ask.
///
/// Every answer of the token endpoint goes to the journal, synced, before it is read (invariant 9).
/// Starts no task and holds no timer: ``step(_:)`` does one act and answers when to wake.
package final class TokenKeeper: Sendable {
    let storage: any Storage
    let issuer: any TokenIssuer
    let ledger: any Ledger
    let journal: any TokenJournal
    let clock: any WallClock
    let notices: any NoticeSink
    private let turns = Mutex<[Connection.ID: Turn]>([:])

    package init(
        storage: any Storage, issuer: any TokenIssuer, ledger: any Ledger, journal: any TokenJournal,
        clock: any WallClock, notices: any NoticeSink
    ) {
        self.storage = storage
        self.issuer = issuer
        self.ledger = ledger
        self.journal = journal
        self.clock = clock
        self.notices = notices
    }

    /// What this process remembers of a connection between calls.
    private struct Turn {
        let lock = AsyncLock()
        /// The generation whose access token the API refused before its time.
        var refusedGeneration: Int64?
        /// How many tokens in a row the API refused, each fresh from Intuit.
        var refusals = 0
        var refusedUntil: Date?
        /// How many refreshes in a row gave no usable answer.
        var failures = 0
        var notBefore: Date?
        var hasUnfinishedAdoption = false
    }

    /// An access token that is good for at least a call, or why there is none.
    package func token(for connection: Connection.ID) async throws -> TokenAvailability {
        if let ready = try await usable(connection) { return ready }
        return try await lock(of: connection).withLock {
            // Whoever waited finds what the first one fetched.
            if let ready = try await usable(connection) { return ready }
            return try await refresh(connection)
        }
    }

    /// Keeps the connection alive without traffic, and finishes what a crash or an outage interrupted.
    package func step(_ connection: Connection.ID) async throws -> Wake {
        let now = clock.now
        let turn = remembered(connection)
        if turn.hasUnfinishedAdoption {
            if let notBefore = turn.notBefore, now < notBefore { return .at(notBefore) }
            try await lock(of: connection).withLock { try await recover(connection) }
        }
        guard let stored = try await storage.connection(connection), let grant = stored.grant,
            stored.status == .connected
        else { return .idle }
        let due = max(TokenCadence.nextIdleRefresh(after: grant), remembered(connection).notBefore ?? .distantPast)
        guard now >= due else { return .at(due) }
        _ = try await lock(of: connection).withLock { try await refresh(connection) }
        return .now
    }

    /// To be called once at start, before any step: takes over what the journal knows and the database doesn't.
    package func start(_ connection: Connection.ID) async throws {
        try await lock(of: connection).withLock { try await recover(connection) }
    }

    /// The API answered 401 to a token that should have been good.
    package func accessTokenRefused(_ connection: Connection.ID, generation: Int64, tid: String?) async throws {
        let now = clock.now
        var refusals = 0
        update(connection) { turn in
            guard turn.refusedGeneration != generation else { return }
            turn.refusedGeneration = generation
            turn.refusals += 1
            refusals = turn.refusals
            // A fresh token was refused too; asking for another at once would only hammer.
            guard refusals > 1 else { return }
            turn.refusedUntil = now.addingTimeInterval(TokenCadence.retryDelay(failures: refusals + 2).seconds)
        }
        if refusals >= Self.failuresUntilSaid {
            try await setTrouble(.unreachable, on: connection, generation: generation, tid: tid)
        }
    }

    /// How many failures in a row are said on the page: one or two are an ordinary hiccup.
    static let failuresUntilSaid = 3

    /// A call with this connection's token has worked.
    ///
    /// Reading still works where writing is refused, so only something written ends a lapsed subscription.
    package func accessTokenWorked(_ connection: Connection.ID, wrote: Bool) async throws {
        update(connection) { turn in
            turn.refusedGeneration = nil
            turn.refusals = 0
            turn.refusedUntil = nil
        }
        guard let stored = try await storage.connection(connection), let grant = stored.grant,
            let trouble = stored.trouble, !trouble.needsConsent,
            wrote || trouble.cause != .subscriptionLapsed
        else { return }
        try await storage.setTrouble(nil, on: connection, generation: grant.generation, note: nil)
    }

    /// The API said why the connection can't be used.
    package func setTrouble(
        _ cause: ConnectionTrouble.Cause, on connection: Connection.ID, generation: Int64, tid: String?
    )
        async throws
    {
        let trouble = ConnectionTrouble(cause: cause, since: clock.now, intuitTID: tid)
        let stored = try await storage.connection(connection)
        if stored?.trouble?.cause == cause { return }
        notices.emit(.refreshFailed(connection: connection, cause: cause, intuitTID: tid))
        try await storage.setTrouble(
            trouble, on: connection, generation: generation,
            note: ConnectionNote(.troubled, at: clock.now, text: trouble.explanation, by: "exporter", intuitTID: tid))
    }

    private func usable(_ connection: Connection.ID) async throws -> TokenAvailability? {
        guard let stored = try await storage.connection(connection), let grant = stored.grant,
            let company = stored.company, let app = try await storage.app(of: connection)
        else { return .unavailable(retryAt: nil) }
        let token = grant.token(for: company, app)
        if stored.status == .broken { return .unavailable(retryAt: nil) }
        let turn = remembered(connection)
        let now = clock.now
        if let until = turn.refusedUntil, now < until { return .unavailable(retryAt: until) }
        if turn.refusedGeneration != grant.generation, TokenCadence.isFresh(grant, now: now) {
            return .usable(token)
        }
        guard let notBefore = turn.notBefore, now < notBefore else { return nil }
        // Refreshing failed a moment ago. The old token serves until its end.
        if turn.refusedGeneration != grant.generation, TokenCadence.isUsable(grant, now: now) {
            return .usable(token)
        }
        return .unavailable(retryAt: notBefore)
    }
}

extension TokenKeeper {
    func lock(of connection: Connection.ID) -> AsyncLock {
        turns.withLock { turns in
            let turn = turns[connection] ?? Turn()
            turns[connection] = turn
            return turn.lock
        }
    }

    private func remembered(_ connection: Connection.ID) -> Turn { turns.withLock { $0[connection] } ?? Turn() }

    private func update(_ connection: Connection.ID, _ change: (inout Turn) -> Void) {
        turns.withLock { turns in
            var turn = turns[connection] ?? Turn()
            change(&turn)
            turns[connection] = turn
        }
    }

    func refreshSucceeded(_ connection: Connection.ID) {
        update(connection) { turn in
            turn.failures = 0
            turn.notBefore = nil
        }
    }

    /// - Returns: When to try again.
    func refreshFailed(_ connection: Connection.ID) -> Date {
        let now = clock.now
        var retryAt = now
        update(connection) { turn in
            turn.failures += 1
            retryAt = now.addingTimeInterval(TokenCadence.retryDelay(failures: turn.failures).seconds)
            turn.notBefore = retryAt
        }
        return retryAt
    }

    func failures(of connection: Connection.ID) -> Int { remembered(connection).failures }

    func adoption(of connection: Connection.ID, isUnfinished: Bool) {
        update(connection) { $0.hasUnfinishedAdoption = isUnfinished }
        // Tried again ever more slowly.
        if isUnfinished { _ = refreshFailed(connection) }
    }
}

/// A token for a company, good for at least a call.
package struct UsableToken: Sendable, Equatable {
    package let environment: Environment.Name
    package let accessToken: Secret
    package let company: Company
    package let generation: Int64

    package init(environment: Environment.Name, accessToken: Secret, company: Company, generation: Int64) {
        self.environment = environment
        self.accessToken = accessToken
        self.company = company
        self.generation = generation
    }
}

package enum TokenAvailability: Sendable, Equatable {
    case usable(UsableToken)
    /// None now; nil when only a person can change that.
    case unavailable(retryAt: Date?)
}
