// SPDX-License-Identifier: Apache-2.0
import Daybook
import DaybookQuickBooks
import DaybookStorage
import HTTPTransport
import QuickBooks

/// One process of Daybook over the world's storage: all its parts, and the plan by which it crashes.
struct Worker {
    let holder: String
    let crashes = CrashPlan()
    let gate: Gate
    let storage: CrashingStorage
    let ledger: QuickBooksLedger
    let issuer: IntuitTokenIssuer
    let keeper: TokenKeeper
    let exporter: Exporter
    let desk: Desk

    init(_ holder: String, in surroundings: Surroundings) {
        self.holder = holder
        let digest = SystemDigest()
        let clock = surroundings.clock
        gate = Gate(CrashingTransport(inner: surroundings.wire, plan: crashes))
        storage = CrashingStorage(
            inner: surroundings.storage, plan: crashes, envelopes: surroundings.envelopes,
            isBlind: surroundings.isBlind)
        let journal = CrashingTokenJournal(inner: surroundings.journal, plan: crashes)
        ledger = QuickBooksLedger(
            transport: gate, environments: surroundings.environments, clock: clock, digest: digest,
            limits: surroundings.limits)
        issuer = IntuitTokenIssuer(
            transport: gate, environments: surroundings.environments, clock: clock, store: surroundings.discovery,
            logEvents: surroundings.logEvents)
        keeper = TokenKeeper(
            storage: storage, issuer: issuer, ledger: ledger, journal: journal, clock: clock,
            logEvents: surroundings.logEvents)
        exporter = Exporter(
            storage: storage, ledger: ledger, keeper: keeper, clock: clock, randomness: surroundings.randomness,
            logEvents: surroundings.logEvents,
            settings: ExporterSettings(holder: holder, inFlightHorizon: surroundings.inFlightHorizon))
        desk = Desk(
            Desk.Surroundings(
                storage: storage, issuer: issuer, ledger: ledger, keeper: keeper, clock: clock,
                randomness: surroundings.randomness, digest: digest, logEvents: surroundings.logEvents,
                environments: surroundings.environments, redirectURI: "http://localhost:8710/connection/callback"))
    }
}

/// What outlives a process: the disk, the network, the clock.
struct Surroundings {
    var storage: SQLiteStorage
    var journal: FileTokenJournal
    let discovery: FileDiscoveryStore
    let wire: any HTTPTransport
    let environments: Environments
    let clock: SkewedClock
    let randomness: SeededRandomness
    let logEvents: KeptLogEvents
    let envelopes: EnvelopeLog
    let limits: PacingLimits?
    let inFlightHorizon: Duration
    var isBlind = false
}
