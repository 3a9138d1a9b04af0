// SPDX-License-Identifier: Apache-2.0
import Foundation
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
    let waking: any Waking
    private let turns = Mutex<[Connection.ID: TokenTurn]>([:])
    private let stopping = Mutex(false)

    package init(
        storage: any Storage, issuer: any TokenIssuer, ledger: any Ledger, journal: any TokenJournal,
        clock: any WallClock, notices: any NoticeSink, waking: any Waking = NothingWaits()
    ) {
        self.storage = storage
        self.issuer = issuer
        self.ledger = ledger
        self.journal = journal
        self.clock = clock
        self.notices = notices
        self.waking = waking
    }

    /// To be called once at start, before any step: takes over what the journal knows and the database doesn't.
    package func start(_ connection: Connection.ID) async throws {
        try await lock(of: connection).withLock {
            try await recover(connection)
            let generation = try await storage.connection(connection)?.grant?.generation ?? .max
            let isInDoubt = try await journal.outline(of: connection).doubts.contains { $0 > generation }
            // A server that still knows the old string may forget it in seconds.
            update(connection) { $0.isInDoubt = $0.isInDoubt || isInDoubt }
        }
    }

    /// An access token that is good for at least a call, or why there is none.
    package func token(for connection: Connection.ID) async throws -> TokenAvailability {
        if let ready = try await usable(connection) { return ready }
        let refreshes = remembered(connection).refreshes
        return try await lock(of: connection).withLock {
            // Whoever waited takes what the first one fetched, be it good or bad.
            let turn = remembered(connection)
            if turn.refreshes != refreshes, let latest = turn.latest { return latest }
            if let ready = try await usable(connection) { return ready }
            return try await refresh(connection)
        }
    }

    /// Keeps the connection alive without traffic, and finishes what a crash or an outage interrupted.
    package func step(_ connection: Connection.ID) async throws -> Wake {
        guard !isStopping else { return .idle }
        let other = try await stepAdoption(connection).or(try await stepLook(connection))
        guard let due = try await refreshDue(connection) else { return other }
        guard clock.now >= due else { return other.or(.at(due)) }
        let refreshes = remembered(connection).refreshes
        try await lock(of: connection).withLock {
            // Somebody else may have refreshed while this one waited.
            if remembered(connection).refreshes == refreshes { _ = try await refresh(connection) }
        }
        return .now
    }

    private func stepAdoption(_ connection: Connection.ID) async throws -> Wake {
        guard remembered(connection).hasUnfinishedAdoption else { return .idle }
        let now = clock.now
        if let notBefore = due(remembered(connection).adoptionNotBefore, now: now), now < notBefore {
            return .at(notBefore)
        }
        try await lock(of: connection).withLock { try await recover(connection) }
        let turn = remembered(connection)
        return turn.hasUnfinishedAdoption ? turn.adoptionNotBefore.map(Wake.at) ?? .now : .now
    }

    /// A wait no longer than any is: one that seems to be was set before the machine's clock was put back.
    private func due(_ wait: Date?, now: Date) -> Date? { wait?.within(TokenCadence.longestRetry, of: now) }

    /// Nil while there is nothing to refresh.
    private func refreshDue(_ connection: Connection.ID) async throws -> Date? {
        guard let held = try await holding(connection) else { return nil }
        let (turn, now) = (remembered(connection), clock.now)
        if turn.refusedGeneration == held.grant.generation {
            return max(due(turn.refusedUntil, now: now) ?? .distantPast, due(turn.notBefore, now: now) ?? .distantPast)
        }
        // After a start too, what only a token answer shows to be over is asked for.
        let isAmiss = turn.wantsRefresh || held.trouble?.isEnded(by: .tokenAnswer) == true
        if isAmiss { return due(turn.notBefore, now: now) ?? .distantPast }
        return TokenCadence.idleRefresh(after: held.grant, of: connection).within(TokenCadence.longestIdle, of: now)
    }
}

extension TokenKeeper {
    /// From now on no token call is begun: the answer to it might come after the end.
    package func beginShutdown() { stopping.withLock { $0 = true } }

    var isStopping: Bool { stopping.withLock { $0 } }

    /// Returns once no token call is under way any more; after ``beginShutdown()`` none follows.
    package func untilQuiet() async {
        for lock in turns.withLock({ $0.values.map(\.lock) }) { await lock.withLock {} }
    }
}

extension TokenKeeper {
    func lock(of connection: Connection.ID) -> AsyncLock {
        turns.withLock { turns in
            let turn = turns[connection] ?? TokenTurn()
            turns[connection] = turn
            return turn.lock
        }
    }

    func remembered(_ connection: Connection.ID) -> TokenTurn { turns.withLock { $0[connection] } ?? TokenTurn() }

    @discardableResult
    func update<Value>(_ connection: Connection.ID, _ change: (inout TokenTurn) -> Value) -> Value {
        turns.withLock { turns in
            var turn = turns[connection] ?? TokenTurn()
            defer { turns[connection] = turn }
            return change(&turn)
        }
    }

    /// The connection with its newest grant; nil unless it is connected.
    func holding(_ connection: Connection.ID) async throws -> Holding? {
        Holding(try await storage.connection(connection), unstored: remembered(connection).unstored)
    }

    /// A token without asking Intuit, or that there is none for now; nil when a refresh is wanted.
    private func usable(_ connection: Connection.ID) async throws -> TokenAvailability? {
        guard let held = try await holding(connection) else { return .unavailable(retryAt: nil) }
        let turn = remembered(connection)
        let now = clock.now
        if let until = due(turn.refusedUntil, now: now), now < until { return .unavailable(retryAt: until) }
        let isRefused = turn.refusedGeneration == held.grant.generation
        if !isRefused, TokenCadence.isFresh(held.grant, of: connection, now: now) { return .usable(held.token) }
        if isStopping { return isRefused ? .unavailable(retryAt: nil) : held.lastResort(now: now, retryAt: nil) }
        guard let notBefore = due(turn.notBefore, now: now), now < notBefore else { return nil }
        // Refreshing failed a moment ago. The old token serves until its end.
        return isRefused ? .unavailable(retryAt: notBefore) : held.lastResort(now: now, retryAt: notBefore)
    }
}
