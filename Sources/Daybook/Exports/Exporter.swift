// SPDX-License-Identifier: Apache-2.0
import Foundation

/// The only part that settles exports. It starts no task and holds no timer: each ``step(_:)`` does one act for one
/// company and answers when it wants to be called again. Steps of one company must not overlap.
package actor Exporter {
    let storage: any ExporterStorage & CopyStorage & QueueStorage & BooksStorage & ChartStorage & ConnectionStorage
    let ledger: any Ledger
    let keeper: TokenKeeper
    let clock: any WallClock
    let randomness: any Randomness
    let logEvents: any LogEventSink
    let settings: ExporterSettings
    var catalogs: [Connection.ID: KeptCatalog] = [:]
    /// Leases with the moment they were claimed, on the monotonic clock.
    private var leases: [Connection.ID: (lease: Lease, claimed: Duration)] = [:]
    /// When the present act of each company began, on the monotonic clock.
    private var actBegan: [Connection.ID: Duration] = [:]
    /// Companies whose latest calls failed.
    private(set) var failing: [Connection.ID: FailingRun] = [:]
    /// Nothing is tried before a wait is over, however often a step is called.
    var waits: [Connection.ID: ExporterWait] = [:]
    /// How long until the looks at an unanswered envelope go on.
    var lookWaits: [Connection.ID: ExporterWait] = [:]
    /// When companies were called that gave no answers, or none that are certain.
    var outages: [Connection.ID: OutagePace] = [:]
    /// Companies whose turn it is to send, after a page of a look by marker.
    var lookedLast: Set<Connection.ID> = []
    /// Companies that definitely refuse every posting for now, and when to try again while nothing has changed.
    var parked: [Connection.ID: (until: Date, generation: Int64)] = [:]
    /// When an export's outcome became unknown, on the monotonic clock.
    ///
    /// What was unknown before this process began counts from its start.
    private var doubtBegan: [Int64: Duration] = [:]
    private var starts: [Connection.ID: (elapsed: Duration, at: Date)] = [:]
    /// The envelopes that an error of ours left under way, by request id, and what failed.
    private var brokenOff: [String: String] = [:]
    /// The survey of each company: the question for documents that the database may not know.
    var surveys: [Connection.ID: Survey] = [:]
    /// For which envelope the documents were last counted, and when, on the monotonic clock.
    var counted: [Connection.ID: (serials: [Int64], at: Duration)] = [:]
    /// The exports of the next envelope, when more documents have its numbers than are ours; the documents are read
    /// next.
    var toMeet: [Connection.ID: [Int64]] = [:]
    /// When notices of restored copies were met, by their serials, on the monotonic clock; nil for one whose horizon
    /// was over by then.
    var noticesMet: [Int64: Duration?] = [:]
    /// Until when a request of ours may still be booked beside the documents of another poster.
    var ownRequests: [Connection.ID: ExporterWait] = [:]
    /// The numbers that were posted to each company, as long as a second document may still come under them.
    var posted: [Connection.ID: [DocumentKind: PostedNumbers]] = [:]

    package init(
        storage: any ExporterStorage & CopyStorage & QueueStorage & BooksStorage & ChartStorage & ConnectionStorage,
        ledger: any Ledger, keeper: TokenKeeper, clock: any WallClock,
        randomness: any Randomness, logEvents: any LogEventSink, settings: ExporterSettings
    ) {
        self.storage = storage
        self.ledger = ledger
        self.keeper = keeper
        self.clock = clock
        self.randomness = randomness
        self.logEvents = logEvents
        self.settings = settings
    }

    /// To be called once, under the exclusive lock of the data folder: the process that held the lease is gone, so
    /// the outcome of what it had under way is unknown.
    package func start(_ connection: Connection.ID) async throws {
        let now = clock.now
        let lease = try await storage.takeOver(
            connection, holder: settings.holder, now: now, until: now.addingTimeInterval(Lease.length.seconds))
        leases[connection] = (lease, clock.elapsed)
        starts[connection] = (clock.elapsed, now)
        logEvents.emit(.leaseTaken(connection: connection, generation: lease.generation))
        let sent = try await storage.sendTimes(for: connection, since: now.addingTimeInterval(-60))
        ledger.recall(sent, for: connection)
        try await doubtWhatWasReady(connection, lease)
    }

    /// An envelope that was to be sent again may have been sent already, if this database was restored: it is looked
    /// up.
    private func doubtWhatWasReady(_ connection: Connection.ID, _ lease: Lease) async throws {
        var agenda = try await agenda(of: connection, limit: 1)
        while let ready = agenda.ready {
            try await doubt(
                ready, reason: "Daybook was stopped before it could be sent again", .ourStop, agenda.sending, lease)
            agenda = try await self.agenda(of: connection, limit: 1)
        }
    }

    /// - Parameter moment: Of the wall clock; nil for now.
    func agenda(of connection: Connection.ID, at moment: Date? = nil, limit: Int) async throws -> Agenda {
        try await storage.agenda(
            for: connection, now: moment ?? clock.now, longestLookWait: settings.longestLookWait, limit: limit)
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
            logEvents.emit(.leaseLost(connection: connection))
            return .at(clock.now.addingTimeInterval(5))
        } catch is ProgressMoved {
            // A person was quicker; the agenda is read anew.
            return .now
        } catch is CompanyChanged {
            // The connection belongs to another company now; what is sent there is composed anew.
            catalogs[connection] = nil
            return .now
        }
    }

    private func act(_ connection: Connection.ID) async throws -> Wake {
        let now = clock.now
        actBegan[connection] = clock.elapsed
        let agenda = try await agenda(of: connection, limit: ledger.envelopeCapacity)
        // What a stop cut off is noted at once; all else that calls QuickBooks waits.
        if agenda.interrupted.isEmpty, let moment = try await waitsUntil(connection) { return .at(moment) }
        guard !agenda.isEmpty else { return try await recheckProblems(connection, agenda.sending) }
        guard let lease = try await lease(on: connection) else { return .at(now.addingTimeInterval(5)) }
        if let interrupted = agenda.interrupted.first {
            try await doubt(
                interrupted, reason: cutOffWords(interrupted), .ourStop, agenda.sending, lease)
            return .now
        }
        if let wake = try await refreshWake(connection, agenda.sending) { return wake }
        switch try await keeper.token(for: connection) {
        case .unavailable(let retryAt):
            if let ready = agenda.ready { try await takeBack(ready, "Waiting for connection", lease) }
            return retryAt.map(Wake.at) ?? .idle
        case .usable(let token):
            return try await act(on: agenda, PostingContext(connection: connection, token: token, lease: lease))
        }
    }

    /// The lease; it is claimed anew when what is left of it would not outlast a commit and a call, so that the check
    /// before the first byte passes.
    ///
    /// Another worker may have acted since the agenda was read; then a settle is refused, never doubled.
    func lease(on connection: Connection.ID) async throws -> Lease? {
        let now = clock.now
        if let held = leases[connection], outlastsACall(held, and: Self.timeToCommit) { return held.lease }
        let claimed = clock.elapsed
        let lease = try await storage.claim(
            connection, holder: settings.holder, now: now, until: now.addingTimeInterval(Lease.length.seconds))
        leases[connection] = lease.map { ($0, claimed) }
        return lease
    }

    /// The last look at the lease before the first byte, by the monotonic clock.
    func holds(_ lease: Lease) -> Bool {
        guard let held = leases[lease.connection], held.lease.generation == lease.generation else { return false }
        return outlastsACall(held)
    }

    /// Whether what is left of the lease outlasts a call; it is not claimed anew.
    func stillHolds(_ connection: Connection.ID) -> Bool { leases[connection].map { outlastsACall($0) } ?? false }

    /// More than a commit takes on a slow disk.
    private static let timeToCommit = Duration.seconds(5)

    private func outlastsACall(_ held: (lease: Lease, claimed: Duration), and more: Duration = .zero) -> Bool {
        let needed = Lease.longestCall + more
        let left = Lease.length - (clock.elapsed - held.claimed)
        return left > needed && held.lease.until.timeIntervalSince(clock.now) > needed.seconds
    }

    /// What every act for a company needs.
    struct PostingContext {
        let connection: Connection.ID
        let token: UsableToken
        let lease: Lease

        var access: LedgerAccess { LedgerAccess(token, of: connection) }
    }

    private func act(on agenda: Agenda, _ context: PostingContext) async throws -> Wake {
        switch agenda.sending.breaker.phase {
        case .open: return try await lookUp(agenda, context)
        case .halfOpen, .closed: break
        }
        if let ready = agenda.ready { return try await resend(ready, agenda, context) }
        // Pages of a look by marker and other work take turns, so that neither holds up the other.
        let wasPagesTurn = lookedLast.remove(context.connection) != nil
        if let look = agenda.markerLook, !wasPagesTurn, !isGathering(look, agenda) {
            return try await readPage(of: look, agenda, context)
        }
        if !agenda.dueLooks.isEmpty { return try await look(in: agenda, context) }
        let isStopped = try await storage.postingStop(of: context.connection) != nil
        let ownRequest = ownRequestLeft(context.connection)
        let next = agenda.nextUnits
        if !next.isEmpty, !isStopped, ownRequest == nil {
            if let wake = try await lookFirst(next, agenda.sending, context) { return wake }
            return try await send(next, of: agenda, context)
        }
        if let look = agenda.markerLook { return try await readPage(of: look, agenda, context) }
        let moments = [agenda.nextLook, ownRequest.map(clock.end(ofWait:))].compactMap(\.self)
        return moments.min().map(Wake.at) ?? .idle
    }

    /// Whether a look by marker waits for others that it can take along: its pages are read once for all.
    private func isGathering(_ look: MarkerLook, _ agenda: Agenda) -> Bool {
        look.canGather && !agenda.dueLooks.isEmpty
    }

    /// Makes nothing but looks while the circuit breaker is open, until nothing of the envelope is in doubt.
    private func lookUp(_ agenda: Agenda, _ context: PostingContext) async throws -> Wake {
        if agenda.unsettled == 0 {
            var sending = agenda.sending
            sending.breaker.apply(.envelopeSettled)
            try await storage.settle(Settlement(changes: [], sending: sending), lease: context.lease, at: clock.now)
            return .now
        }
        let agenda = try await byLength(agenda, of: context.connection)
        let wasPagesTurn = lookedLast.remove(context.connection) != nil
        if let look = agenda.markerLook, !wasPagesTurn, !isGathering(look, agenda) {
            return try await readPage(of: look, agenda, context)
        }
        if !agenda.dueLooks.isEmpty {
            return try await look(in: agenda, context)
        }
        if let look = agenda.markerLook { return try await readPage(of: look, agenda, context) }
        return agenda.nextLook.map(Wake.at) ?? .idle
    }

    /// What became of an envelope that was found under way: a stop cut its call off, or its lease ran out before it was
    /// sent.
    private func cutOffWords(_ open: OpenEnvelope) -> String {
        if let words = brokenOff.removeValue(forKey: open.envelope.requestID) { return words }
        let began = startedAt(open.envelope.connection)
        return open.envelope.preparedAt >= began
            ? "Daybook could not tell whether it was sent before its lease ran out" : "a stop cut the call off"
    }

    /// When this process began to post to a company, by the wall clock.
    ///
    /// If that clock was set forward since, the moment is counted back from the clock as it is now: a machine may boot
    /// with a wrong clock and correct it later.
    func startedAt(_ connection: Connection.ID) -> Date {
        guard let start = starts[connection] else { return .distantPast }
        return max(start.at, clock.now.addingTimeInterval(-(clock.elapsed - start.elapsed).seconds))
    }

    /// Performs an act that may leave an envelope under way; when an error of ours leaves it so, its history says what
    /// failed.
    func noting<Value: Sendable>(
        _ words: String, for envelope: Envelope, _ act: () async throws -> Value
    ) async throws -> Value {
        do {
            return try await act()
        } catch let error as LeaseLost {
            throw error
        } catch {
            brokenOff[envelope.requestID] = words
            throw error
        }
    }

    /// A call that was certainly not executed: what to remember, and when to try again.
    func notExecuted(_ reason: NotExecuted, _ context: PostingContext) async throws -> Wake {
        let now = clock.now
        switch reason {
        case .throttled:
            logEvents.emit(.throttled(connection: context.connection))
            return .at(max(ledger.reserve(.single, for: context.connection, now: now), now.addingTimeInterval(1)))
        case .unauthorized(let tid):
            try await keeper.accessTokenRefused(context.connection, generation: context.token.generation, tid: tid)
            return .now
        case .forbidden(let tid):
            try await keeper.companyRefused(context.connection, generation: context.token.generation, tid: tid)
            return park(context)
        case .subscriptionLapsed(let tid): return try await park(context, .subscriptionLapsed, tid)
        case .notAllowed(let tid): return try await park(context, .notAllowed, tid)
        case .environmentMissing: return try await park(context, .environmentMissing, nil)
        case .unreachable(let reason): return try await retryLater(context, reason: reason)
        case .tooLarge: return try await retryLater(context, reason: Self.tooLargeReason)
        }
    }

    static let tooLargeReason = "QuickBooks refuses the request as too large (413)"

    /// Waits a little longer after each failure in a row.
    func retryLater(_ context: PostingContext, reason: String, ofWriting: Bool = false) async throws -> Wake {
        logEvents.emit(.unreachable(connection: context.connection, reason: reason))
        var run = failed(context.connection, ofWriting: ofWriting)
        let wait = run.wait(at: clock.elapsed)
        run.waited()
        failing[context.connection] = run
        if !ofWriting, run.waits >= TokenLifecycle.failuresUntilSaid {
            try await keeper.setTrouble(
                .quickBooksUnreachable, on: context.connection, generation: context.token.generation, tid: nil)
        }
        return self.wait(context.connection, wait)
    }

    /// Whether calls have failed for so long that people are told; what waits is then Pending, not on its way.
    func isOutOfReach(_ connection: Connection.ID) -> Bool {
        (failing[connection]?.waits ?? 0) + 1 >= TokenLifecycle.failuresUntilSaid
    }

    /// A call got no answer, or none that is certain.
    @discardableResult
    func failed(_ connection: Connection.ID, ofWriting: Bool = false) -> FailingRun {
        let run =
            failing[connection]
            ?? FailingRun(since: actBegan[connection] ?? clock.elapsed, isOfWriting: ofWriting)
        failing[connection] = run
        return run
    }

    func wait(_ connection: Connection.ID, _ length: Duration) -> Wake {
        waits[connection] = ExporterWait(from: clock.elapsed, length: length)
        return .at(clock.now.addingTimeInterval(length.seconds))
    }

    func worked(_ context: PostingContext, wrote: Bool = false) async throws {
        if failing[context.connection]?.isEnded(byWriting: wrote) == true { failing[context.connection] = nil }
        waits[context.connection] = nil
        try await keeper.accessTokenWorked(context.connection, wrote: wrote)
    }

    func remember(doubtOf serials: [Int64], since moment: Duration? = nil) {
        for serial in serials { doubtBegan[serial] = moment ?? clock.elapsed }
    }

    func forget(doubtOf serial: Int64) { doubtBegan[serial] = nil }

    /// How much of the horizon after an export's doubt is left at a moment of the monotonic clock.
    ///
    /// What was in doubt before this process began counts from its start: the wall clock may have been set meanwhile.
    func horizonLeft(of export: Export, at moment: Duration) -> Duration {
        let began = doubtBegan[export.serial] ?? starts[export.connection]?.elapsed ?? .zero
        return settings.inFlightHorizon - (moment - began)
    }
}

/// A wait by its length, on the monotonic clock.
struct ExporterWait {
    let from: Duration
    let length: Duration

    func left(at moment: Duration) -> Duration { length - (moment - from) }
}
