// SPDX-License-Identifier: Apache-2.0
import Foundation

/// The only one who settles exports. Starts no task and holds no timer: each ``step(_:)`` does one act
/// for one company and answers when it wants to be called again. Steps of one company follow each other.
package actor Exporter {
    let storage: any Storage
    let ledger: any Ledger
    let keeper: TokenKeeper
    let clock: any WallClock
    let randomness: any Randomness
    let notices: any NoticeSink
    let settings: ExporterSettings
    var catalogs: [Connection.ID: KeptCatalog] = [:]
    /// Leases with the moment they were claimed, on the clock that nobody sets.
    private var leases: [Connection.ID: (lease: Lease, claimed: Duration)] = [:]
    private var failures: [Connection.ID: Int] = [:]
    /// Nothing is tried before this moment, at most ``longestWait`` ahead, however often a step is called.
    var notBefore: [Connection.ID: Date] = [:]
    /// Companies that definitely take nothing just now, and when to try again while nothing has changed.
    var parked: [Connection.ID: (until: Date, generation: Int64)] = [:]
    /// When an export's outcome became unknown, on the clock that nobody sets.
    ///
    /// What was unknown before this process began counts from its start.
    private var doubtBegan: [Int64: Duration] = [:]
    private var started: Duration = .zero
    /// What each company was asked about documents that the database may not know.
    var surveys: [Connection.ID: Survey] = [:]
    /// Exports whose request was refused as a whole: each goes out by itself.
    var alone: Set<Int64> = []
    /// Exports whose number QuickBooks said is taken; a second time, with nothing found, is a refusal.
    var numberTaken: Set<Int64> = []

    package init(
        storage: any Storage, ledger: any Ledger, keeper: TokenKeeper, clock: any WallClock,
        randomness: any Randomness, notices: any NoticeSink, settings: ExporterSettings
    ) {
        self.storage = storage
        self.ledger = ledger
        self.keeper = keeper
        self.clock = clock
        self.randomness = randomness
        self.notices = notices
        self.settings = settings
    }

    /// To be called once, under the exclusive lock of the data folder: whoever held the lease is gone, so
    /// what it had open is unknown from now on.
    package func start(_ connection: Connection.ID) async throws {
        let now = clock.now
        let lease = try await storage.takeOver(
            connection, holder: settings.holder, now: now, until: now.addingTimeInterval(Lease.length.seconds))
        leases[connection] = (lease, clock.elapsed)
        started = clock.elapsed
        notices.emit(.leaseTaken(connection: connection, generation: lease.generation))
        let sent = try await storage.sendTimes(for: connection, since: now.addingTimeInterval(-60))
        ledger.recall(sent, for: connection)
        try await doubtWhatWasReady(connection, lease)
    }

    /// An envelope that was to be sent again may have been, if this database is a restored one: a look tells.
    private func doubtWhatWasReady(_ connection: Connection.ID, _ lease: Lease) async throws {
        while let ready = try await storage.agenda(for: connection, now: clock.now, limit: 1).ready {
            try await doubt(ready, reason: "Daybook was stopped before it could be sent again", lease)
        }
    }

    /// Gives the lease back, so that the next start need not wait.
    package func stop(_ connection: Connection.ID) async throws {
        guard let held = leases.removeValue(forKey: connection) else { return }
        try await storage.release(held.lease)
    }

    /// One act for a company.
    package func step(_ connection: Connection.ID) async throws -> Wake {
        do {
            return try await act(connection)
        } catch is LeaseLost {
            leases[connection] = nil
            notices.emit(.leaseLost(connection: connection))
            return .at(clock.now.addingTimeInterval(5))
        } catch is ProgressMoved {
            // A person was quicker; the agenda is read anew.
            return .now
        }
    }

    private func act(_ connection: Connection.ID) async throws -> Wake {
        let now = clock.now
        let agenda = try await storage.agenda(for: connection, now: now, limit: ledger.envelopeCapacity)
        // What a stop cut off is noted at once; all else that calls QuickBooks waits.
        if agenda.interrupted.isEmpty, let moment = try await waitsUntil(connection) { return .at(moment) }
        guard !agenda.isEmpty else { return try await recheckProblems(connection) }
        guard let lease = try await lease(on: connection) else { return .at(now.addingTimeInterval(5)) }
        if let interrupted = agenda.interrupted.first {
            try await doubt(interrupted, reason: "a stop cut the call off", lease)
            return .now
        }
        switch try await keeper.token(for: connection) {
        case .unavailable(let retryAt):
            if let ready = agenda.ready { try await takeBack(ready, "Waiting for connection", nil, lease) }
            return retryAt.map(Wake.at) ?? .idle
        case .usable(let token):
            return try await act(on: agenda, Post(connection: connection, token: token, lease: lease))
        }
    }

    /// The lease, claimed anew when what is left of it would not outlast a call.
    ///
    /// Another worker may have acted since the agenda was read; then a settle is refused, never doubled.
    func lease(on connection: Connection.ID) async throws -> Lease? {
        let now = clock.now
        if let held = leases[connection], outlastsACall(held) { return held.lease }
        let claimed = clock.elapsed
        let lease = try await storage.claim(
            connection, holder: settings.holder, now: now, until: now.addingTimeInterval(Lease.length.seconds))
        leases[connection] = lease.map { ($0, claimed) }
        return lease
    }

    /// The last look at the lease before the first byte, by the clock that nobody sets.
    func holds(_ lease: Lease) -> Bool {
        guard let held = leases[lease.connection], held.lease.generation == lease.generation else { return false }
        return outlastsACall(held)
    }

    private func outlastsACall(_ held: (lease: Lease, claimed: Duration)) -> Bool {
        let left = Lease.length - (clock.elapsed - held.claimed)
        return left > Lease.longestCall && held.lease.until.timeIntervalSince(clock.now) > Lease.longestCall.seconds
    }

    /// What every act for a company needs.
    struct Post {
        let connection: Connection.ID
        let token: UsableToken
        let lease: Lease

        var access: LedgerAccess {
            LedgerAccess(
                connection: connection, environment: token.environment, realmID: token.company.realmID,
                accessToken: token.accessToken)
        }
    }

    private func act(on agenda: Agenda, _ post: Post) async throws -> Wake {
        if let ready = agenda.ready { return try await resend(ready, post) }
        if !agenda.dueLooks.isEmpty { return try await look(for: agenda.dueLooks, post) }
        if !agenda.pending.isEmpty {
            if let wake = try await lookFirst(agenda.pending, post) { return wake }
            return try await sendPending(agenda.pending, post)
        }
        return agenda.nextLook.map(Wake.at) ?? .idle
    }

    /// A call that was certainly not executed: what to remember, and when to try again.
    func notExecuted(_ reason: NotExecuted, _ post: Post) async throws -> Wake {
        let now = clock.now
        switch reason {
        case .throttled:
            notices.emit(.throttled(connection: post.connection))
            return .at(max(ledger.reserve(.single, for: post.connection, now: now), now.addingTimeInterval(1)))
        case .unauthorized(let tid):
            try await keeper.accessTokenRefused(post.connection, generation: post.token.generation, tid: tid)
            return .now
        case .forbidden(let tid):
            try await keeper.companyRefused(post.connection, generation: post.token.generation, tid: tid)
            return park(post)
        case .subscriptionLapsed(let tid): return try await park(post, .subscriptionLapsed, tid)
        case .notAllowed(let tid): return try await park(post, .notAllowed, tid)
        case .environmentMissing: return try await park(post, .environmentMissing, nil)
        case .unreachable(let reason): return try await retryLater(post, reason: reason)
        }
    }

    /// Waits a little longer after each failure in a row, up to a minute.
    func retryLater(_ post: Post, reason: String) async throws -> Wake {
        notices.emit(.unreachable(connection: post.connection, reason: reason))
        let moment = nextTry(post.connection)
        if failures[post.connection, default: 0] >= TokenLifecycle.failuresUntilSaid {
            try await keeper.setTrouble(
                .quickBooksUnreachable, on: post.connection, generation: post.token.generation, tid: nil)
        }
        return wait(post.connection, until: moment)
    }

    /// Whether it fails for so long that people are told: what waits is Pending then, not on its way.
    func isOutOfReach(_ connection: Connection.ID) -> Bool {
        failures[connection, default: 0] + 1 >= TokenLifecycle.failuresUntilSaid
    }

    /// The wait after a failure, however many came before it, is no longer.
    static let longestWait = Duration.seconds(60)

    func nextTry(_ connection: Connection.ID) -> Date {
        let count = failures[connection, default: 0]
        failures[connection] = count + 1
        return clock.now.addingTimeInterval(min(Self.longestWait.seconds, pow(2, Double(min(count, 6)))))
    }

    private func wait(_ connection: Connection.ID, until moment: Date) -> Wake {
        notBefore[connection] = moment
        return .at(moment)
    }

    func worked(_ post: Post, wrote: Bool = false) async throws {
        failures[post.connection] = 0
        notBefore[post.connection] = nil
        try await keeper.accessTokenWorked(post.connection, wrote: wrote)
    }

    func remember(doubtOf serials: [Int64]) {
        for serial in serials { doubtBegan[serial] = clock.elapsed }
    }

    func forget(doubtOf serial: Int64) { doubtBegan[serial] = nil }

    /// The horizon from an export's doubt, made longer where the clock on the wall was set forward since:
    /// "not there" is believed only when the time has really passed.
    func horizon(for serial: Int64, doubt: Doubt, lookBegan: Date) -> Duration {
        let left = settings.inFlightHorizon - (clock.elapsed - (doubtBegan[serial] ?? started))
        guard left > .zero else { return settings.inFlightHorizon }
        return max(settings.inFlightHorizon, .seconds(lookBegan.timeIntervalSince(doubt.since)) + left)
    }
}
