// SPDX-License-Identifier: Apache-2.0
package import Daybook
package import Foundation
package import HTTPTransport
package import QuickBooks
import Synchronization

/// The core's ledger, over QuickBooks Online: entries become journal entries, faults become outcomes.
package final class QuickBooksLedger: Ledger {
    let transport: any HTTPTransport
    let environments: Environments
    let clock: any WallClock
    let digest: any Digest
    private let limits: PacingLimits?
    private let pacers = Mutex<[Connection.ID: Pacer]>([:])
    /// By environment, because all companies of an environment share its server's clock.
    private let clockDifferences = Mutex<[Environment.Name: ClockDifference]>([:])
    /// The parts read so far of catalogs that are not complete.
    let catalogParts = Mutex<[Connection.ID: CatalogParts]>([:])

    /// - Parameter limits: Intuit's limits per company; nil for no limits at all (a sandbox without throttling).
    package init(
        transport: any HTTPTransport, environments: Environments, clock: any WallClock, digest: any Digest,
        limits: PacingLimits? = PacingLimits()
    ) {
        self.transport = transport
        self.environments = environments
        self.clock = clock
        self.digest = digest
        self.limits = limits
    }

    package var envelopeCapacity: Int { RequestComposer.largestBatch }

    package func reserve(_ call: LedgerCall, for connection: Connection.ID, now: Date) -> Date {
        pacers.withLock { pacers in
            var pacer = pacers[connection] ?? newPacer
            let start = pacer.reserve(call.kind, at: now)
            guard start <= now else { return start }
            // The other requests of the call are booked at the places that follow.
            for _ in 1..<call.requests { _ = pacer.reserve(.single, at: now) }
            pacers[connection] = pacer
            return start
        }
    }

    /// Books a call that is made without waiting, so that later calls wait for it: further pages of a read, whose
    /// number is not known beforehand, and the one read that a person waits for.
    func count(_ connection: Connection.ID) {
        pacers.withLock { pacers in
            var pacer = pacers[connection] ?? newPacer
            _ = pacer.reserve(.single, at: clock.now)
            pacers[connection] = pacer
        }
    }

    package func recall(_ calls: [Date], for connection: Connection.ID) {
        pacers.withLock { pacers in
            var pacer = pacers[connection] ?? newPacer
            pacer.seed(with: calls.map { (kind: .batch, at: $0) })
            pacers[connection] = pacer
        }
    }

    func throttled(_ connection: Connection.ID, retryAfter: Duration?) {
        pacers.withLock { pacers in
            var pacer = pacers[connection] ?? newPacer
            pacer.throttled(at: clock.now, retryAfter: retryAfter)
            pacers[connection] = pacer
        }
    }

    /// Runs a query, and learns from the answer how far the clocks are apart.
    ///
    /// - Parameter query: Makes the query from the seconds that QuickBooks' clock is ahead of this computer's.
    func page<Entity: QuickBooksEntity>(
        _ access: LedgerAccess, _ query: (TimeInterval) -> QueryText<Entity>
    ) async throws -> DatedPage<Entity> {
        let asked = clock.now
        let before = clockDifferences.withLock { $0[access.environment, default: ClockDifference()] }
        let page = try await client(access).query(query(before.seconds))
        let answered = clock.now
        var after = before
        let wasRight = page.time.map { after.learn($0, askedAt: asked, answeredAt: answered) } ?? true
        clockDifferences.withLock { $0[access.environment] = after }
        return DatedPage(page: page, ahead: after.seconds, wasAskedByTheRightClock: wasRight)
    }

    /// Runs a query for documents created in a span; once more, at once, if the answer shows that the clocks'
    /// difference was wrong.
    ///
    /// - Throws: ``ClocksDiffer`` when a clock was set between the two.
    func pageOfSpan<Entity: QuickBooksEntity>(
        _ access: LedgerAccess, _ query: (TimeInterval) -> QueryText<Entity>
    ) async throws -> DatedPage<Entity> {
        let first = try await page(access, query)
        if first.wasAskedByTheRightClock { return first }
        count(access.connection)
        let second = try await page(access, query)
        guard second.wasAskedByTheRightClock else { throw ClocksDiffer() }
        return second
    }

    /// - Throws: ``EnvironmentUnknown`` when Daybook was not started with the environment.
    func client(_ access: LedgerAccess) throws(EnvironmentUnknown) -> QuickBooksClient {
        guard let baseURL = environments[access.environment]?.quickBooksURL else {
            throw EnvironmentUnknown(name: access.environment)
        }
        let token = AccessToken(access.accessToken.reveal())
        return QuickBooksClient(transport: transport, baseURL: baseURL, realmID: access.realmID) { token }
    }

    private var newPacer: Pacer { limits.map(Pacer.init) ?? .unlimited }
}

/// A page, and by how many seconds QuickBooks' clock was ahead of this computer's when it came.
struct DatedPage<Entity: QuickBooksEntity> {
    let page: QueryPage<Entity>
    let ahead: TimeInterval
    let wasAskedByTheRightClock: Bool
}

/// An app is of an environment that Daybook was not started with.
struct EnvironmentUnknown: Error {
    let name: Environment.Name

    var notExecuted: NotExecuted { .environmentMissing }
}

extension LedgerCall {
    fileprivate var kind: CallKind { self == .batch ? .batch : .single }

    fileprivate var requests: Int {
        switch self {
        case .batch, .single: 1
        case .catalog: 4
        case .trial: 3
        }
    }
}
