// SPDX-License-Identifier: Apache-2.0
package import Daybook
package import Foundation
package import HTTPTransport
package import QuickBooks
import Synchronization

/// The core's ledger, by QuickBooks Online: entries become journal entries, faults become outcomes.
package final class QuickBooksLedger: Ledger {
    let transport: any HTTPTransport
    let environments: Environments
    let clock: any WallClock
    let digest: any Digest
    private let limits: PacingLimits?
    private let pacers = Mutex<[Connection.ID: Pacer]>([:])
    /// What was read of catalogs that are not yet complete.
    let catalogParts = Mutex<[Connection.ID: CatalogParts]>([:])

    /// - Parameter limits: Intuit's limits per company; nil for no pace at all (a sandbox without throttles).
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
            // The rest of a call of several requests is booked at the places that follow.
            for _ in 1..<call.requests { _ = pacer.reserve(.single, at: now) }
            pacers[connection] = pacer
            return start
        }
    }

    /// Books a call that is made without waiting, so that those after it wait for it: further pages of a
    /// read, whose number nobody knows before, and the one read a person waits for.
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

    /// - Throws: ``EnvironmentUnknown`` when the configuration has no such environment any more.
    func client(_ access: LedgerAccess) throws(EnvironmentUnknown) -> QuickBooksClient {
        guard let baseURL = environments[access.environment]?.quickBooksURL else {
            throw EnvironmentUnknown(name: access.environment)
        }
        let token = AccessToken(access.accessToken.reveal())
        return QuickBooksClient(transport: transport, baseURL: baseURL, realmID: access.realmID) { token }
    }

    private var newPacer: Pacer { limits.map(Pacer.init) ?? .unlimited }
}

/// An app was stored for an environment that this start knows nothing of.
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
