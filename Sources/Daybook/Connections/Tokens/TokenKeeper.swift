// SPDX-License-Identifier: Apache-2.0
import Foundation
import Synchronization

/// The only part that rotates tokens.
///
/// It gives a usable access token, and refreshes once however many callers ask.
///
/// Every answer of the token endpoint goes to the journal, synced, before it is read. It starts no task and holds no
/// timer: ``step(_:)`` does one act and answers when to wake.
package final class TokenKeeper: Sendable {
    let storage: any ConnectionStorage & AppStorage & ConsentStorage & CopyStorage
    let issuer: any TokenIssuer
    let ledger: any Ledger
    let journal: any TokenJournal
    let clock: any WallClock
    let logEvents: any LogEventSink
    let waking: any Waking
    private let lifecycles = Mutex<[Connection.ID: TokenLifecycle]>([:])
    private let locks = Mutex<[Connection.ID: AsyncLock]>([:])
    private let stopping = Mutex(false)
    /// When the latest calls for each company were made, oldest first, by ``WallClock/elapsed``.
    private let calls = Mutex<[Connection.ID: [Duration]]>([:])

    package init(
        storage: any ConnectionStorage & AppStorage & ConsentStorage & CopyStorage, issuer: any TokenIssuer,
        ledger: any Ledger, journal: any TokenJournal,
        clock: any WallClock, logEvents: any LogEventSink, waking: any Waking = NothingWaits()
    ) {
        self.storage = storage
        self.issuer = issuer
        self.ledger = ledger
        self.journal = journal
        self.clock = clock
        self.logEvents = logEvents
        self.waking = waking
    }

    /// To be called once at start, before any step: takes over what the journal knows and the database doesn't.
    package func start(_ connection: Connection.ID) async throws {
        try await lock(of: connection).withLock {
            try await recover(connection)
            let generation = try await storage.connection(connection)?.grant?.generation ?? .max
            let isInDoubt = try await journal.outline(of: connection).doubts.contains { $0 > generation }
            // A server of Intuit's that still knows the old refresh token may forget it in seconds.
            update(connection) { $0.isInDoubt = $0.isInDoubt || isInDoubt }
        }
    }

    /// An access token that is good for at least one call, or when to ask again.
    package func token(for connection: Connection.ID) async throws -> TokenAvailability {
        if let ready = try await usable(connection) { return ready }
        let refreshes = remembered(connection).refreshes
        return try await lock(of: connection).withLock {
            // Those that waited take what the first one fetched, be it good or bad.
            let lifecycle = remembered(connection)
            if lifecycle.refreshes != refreshes, let latest = lifecycle.latest { return latest }
            if let ready = try await usable(connection) { return ready }
            return try await refresh(connection)
        }
    }

    /// Keeps the connection alive without traffic, and finishes what a crash or an outage interrupted.
    package func step(_ connection: Connection.ID) async throws -> Wake {
        guard !isStopping else { return .idle }
        let other = try await stepAdoption(connection).or(try await stepLook(connection))
        let active = try await active(connection)
        guard let due = remembered(connection).refreshDue(active, now: clock.now) else { return other }
        guard clock.now >= due else { return other.or(.at(due)) }
        let refreshes = remembered(connection).refreshes
        try await lock(of: connection).withLock {
            // Somebody else may have refreshed while this one waited.
            if remembered(connection).refreshes == refreshes { _ = try await refresh(connection) }
        }
        return .now
    }

    private func stepAdoption(_ connection: Connection.ID) async throws -> Wake {
        let now = clock.now
        guard let due = remembered(connection).adoptionDue(now: now) else { return .idle }
        guard now >= due else { return .at(due) }
        try await lock(of: connection).withLock { try await recover(connection) }
        let lifecycle = remembered(connection)
        return lifecycle.hasUnfinishedAdoption ? lifecycle.adoptionNotBefore.map(Wake.at) ?? .now : .now
    }
}

extension TokenKeeper {
    /// From now on no token call is begun: its answer might come after the process has ended.
    package func beginShutdown() { stopping.withLock { $0 = true } }

    var isStopping: Bool { stopping.withLock { $0 } }

    /// Returns once no token call is under way any more; after ``beginShutdown()`` none follows.
    package func untilQuiet() async {
        for lock in locks.withLock({ Array($0.values) }) { await lock.withLock {} }
    }
}

extension TokenKeeper {
    func lock(of connection: Connection.ID) -> AsyncLock {
        locks.withLock { locks in
            let lock = locks[connection] ?? AsyncLock()
            locks[connection] = lock
            return lock
        }
    }

    func remembered(_ connection: Connection.ID) -> TokenLifecycle {
        lifecycles.withLock { $0[connection] } ?? TokenLifecycle()
    }

    @discardableResult
    func update<Value>(_ connection: Connection.ID, _ change: (inout TokenLifecycle) -> Value) -> Value {
        lifecycles.withLock { change(&$0[connection, default: TokenLifecycle()]) }
    }

    /// The connection with its newest grant; nil unless it is connected.
    func active(_ connection: Connection.ID) async throws -> ActiveConnection? {
        ActiveConnection(try await storage.connection(connection), unstored: remembered(connection).unstored)
    }

    /// Whether ``token(for:)`` would ask Intuit now.
    package func wouldRefresh(_ connection: Connection.ID) async throws -> Bool { try await usable(connection) == nil }

    /// When Intuit was last asked for this connection's tokens or for its discovery document, by ``WallClock/elapsed``.
    package func calls(for connection: Connection.ID) -> [Duration] { calls.withLock { $0[connection] ?? [] } }

    func noteCall(for connection: Connection.ID) {
        calls.withLock { calls in
            calls[connection] = (calls[connection] ?? []).suffix(OutagePace.mostCalls) + [clock.elapsed]
        }
    }

    /// A token without asking Intuit, or that there is none for now; nil when a refresh is wanted.
    private func usable(_ connection: Connection.ID) async throws -> TokenAvailability? {
        let active = try await active(connection)
        return remembered(connection).availability(
            of: active, at: TokenMoment(clock.now, isStopping: isStopping))
    }
}
