// SPDX-License-Identifier: Apache-2.0
import AsyncHTTPClient
import Daybook
import DaybookNotifiers
import DaybookQuickBooks
import DaybookStorage
import DaybookWeb
import Foundation
import HTTPTransport
import Logging
import QuickBooks
import ServiceLifecycle

/// Makes all parts from the configuration and connects them; nothing else does.
struct Assembly {
    let configuration: DaybookConfiguration
    let logger: Logger
    let client: HTTPClient
    let folder: OpenDataFolder
    let clock: any WallClock
    /// The clock, where it is a service that has to run.
    let clockService: SandboxClock?
    let waking: LoopWaking
    let backups: FolderBackups
    /// Rings when somebody asks for a backup.
    let backupAsked: Nudge
    /// Rings when a restore is written down, which the next start carries out.
    let restoreAsked: Nudge
    let desk: Desk
    let issuer: IntuitTokenIssuer
    let keeper: TokenKeeper
    let exporter: Exporter
    /// The identity that a server of this process proves to commands.
    let identity: ServerIdentity
    let site: Site
    let watch: WarningWatch
    let deliveries: DeliveryRound
    let metrics: MetricsPage
    let logEvents: any LogEventSink

    /// - Parameters:
    ///   - startsEmpty: Whether a person allowed an empty database beside files of an earlier one.
    ///   - tokenDeadline: How long a token call may take.
    init(
        _ configuration: DaybookConfiguration, logger: Logger, startsEmpty: Bool = false,
        tokenDeadline: Duration = .seconds(8)
    ) async throws {
        self.configuration = configuration
        self.logger = logger
        let listedPasswords = try PasswordListFile.chosen(configuration.passwordList)
        let key = try await configuration.key.source()
        folder = try DataFolder.open(at: configuration.dataFolder, key: key, startsEmpty: startsEmpty)
        let (backupAsked, restoreAsked) = (Nudge(), Nudge())
        (self.backupAsked, self.restoreAsked) = (backupAsked, restoreAsked)
        backups = FolderBackups(
            of: folder, key: key, schedule: configuration.backups,
            onAsked: { backupAsked.ring() }, onRestore: { restoreAsked.ring() })
        if folder.journal.unreadableBytes > 0 {
            logger.warning(
                "tokens.journal holds bytes that are no record; every whole record is used, nothing is overwritten",
                metadata: ["bytes": "\(folder.journal.unreadableBytes)"])
        }
        // What was stored before environments had names belongs to the environment that was configured.
        try await folder.storage.nameEnvironment(configuration.environments.usual)
        let hasPeople = try await folder.storage.hasPeople()
        client = HTTPClient(
            eventLoopGroupProvider: .singleton, configuration: AsyncHTTPTransport.configuration())
        let transport = AsyncHTTPTransport(client: client)
        do {
            clockService = try await configuration.clockURL.asyncMap {
                try await SandboxClock(url: $0, transport: transport)
            }
        } catch {
            try await client.shutdown()
            throw error
        }
        clock = clockService ?? SystemClock()
        waking = LoopWaking()
        let registry = PrometheusRegistry()
        logEvents = FirstLinkRemoval(
            folder: folder.folder, next: LogEventMetrics(registry: registry, next: SwiftLogSink(logger: logger)))
        // Before anything can be sent.
        if let notice = try await folder.checkEpoch(at: clock.now) { logEvents.emit(.restoredCopy(notice)) }
        let intuit = LoggedTransport(transport: transport, logger: logger)
        let digest = SystemDigest()
        let randomness = SystemRandomness()
        issuer = IntuitTokenIssuer(
            transport: intuit, environments: configuration.environments, clock: clock,
            store: FileDiscoveryStore(path: folder.folder.discoveryPath), logEvents: logEvents,
            callDeadline: tokenDeadline)
        let ledger = QuickBooksLedger(
            transport: intuit, environments: configuration.environments, clock: clock, digest: digest,
            limits: configuration.isPaced ? PacingLimits() : nil)
        keeper = TokenKeeper(
            storage: folder.storage, issuer: issuer, ledger: ledger, journal: folder.journal, clock: clock,
            logEvents: logEvents, waking: waking)
        exporter = Exporter(
            storage: folder.storage, ledger: ledger, keeper: keeper, clock: clock, randomness: randomness,
            logEvents: logEvents,
            settings: ExporterSettings(
                holder: "\(ProcessInfo.processInfo.hostName)/\(ProcessInfo.processInfo.processIdentifier)",
                inFlightHorizon: configuration.inFlightHorizon))
        // Only the status of a webhook's answer matters, so little of its body is read.
        let sender = NotifierSender(
            mail: configuration.mail, transport: AsyncHTTPTransport(client: client, responseLimit: 64 << 10),
            pageURL: configuration.publicURL,
            reach: WebhookReach(
                listed: configuration.webhookHosts, hosts: configuration.innerWebhooks.hosts,
                ranges: configuration.innerWebhooks.ranges
            ) {
                PinnedTransport(host: $0, address: $1.description, responseLimit: 64 << 10)
            })
        watch = WarningWatch(
            storage: folder.storage, clock: clock, randomness: randomness, logEvents: logEvents, waking: waking)
        deliveries = DeliveryRound(storage: folder.storage, sender: sender, clock: clock, logEvents: logEvents)
        let entry = Desk.Entry(
            storage: folder.storage,
            proofs: SignInProofs(
                passwords: ScryptPasswords(), mac: SystemMessageAuthentication(), listed: listedPasswords),
            roles: RoleAuthorization(hasPeople: hasPeople), authenticators: configuration.authenticators)
        desk = Desk(
            Desk.Surroundings(
                storage: folder.storage, issuer: issuer, ledger: ledger, keeper: keeper, clock: clock,
                randomness: randomness, digest: digest, logEvents: logEvents, waking: waking,
                condition: folder.condition, environments: configuration.environments,
                redirectURI: configuration.redirectURI,
                notifiers: Notifiers(
                    storage: folder.storage, sender: sender, clock: clock, randomness: randomness, logEvents: logEvents),
                entry: entry, dataKeyRotation: folder.rotation, backups: backups,
                inbox: configuration.inbox.map(DirectoryInbox.init), inboxQuiet: configuration.inboxQuiet))
        metrics = MetricsPage(registry: registry, connections: ConnectionMetrics(desk: desk, clock: clock))
        let (failures, told) = (logger, logEvents)
        identity = ServerIdentity(randomness.bytes(32))
        site = Site(
            desk: desk,
            settings: SiteSettings(
                publicURL: configuration.publicURL, isDemo: configuration.clockURL != nil,
                trustedProxies: configuration.trustedProxies, callsPerMinute: configuration.callsPerMinute),
            identity: identity,
            sessionKey: try await folder.storage.keptSecret("browser sessions") { randomness.bytes(32) },
            randomness: randomness, clock: clock,
            onRefusal: { refusal in
                failures.info(
                    "request refused",
                    metadata: [
                        "status": "\(refusal.status)", "route": "\(refusal.method) \(refusal.route)",
                        "source": "\(refusal.source)",
                    ])
            }
        ) { failure in
            told.emitStorageTrouble(failure.error)
            // The notice tells of trouble with the storage; this line is for other failures.
            if StorageTrouble(failure.error) != nil { return }
            failures.error(
                "request failed",
                metadata: [
                    "reference": "\(failure.reference)", "route": "\(failure.method) \(failure.route)",
                    "reason": "\(failure.reason)",
                ])
        }
    }

    /// A person says that the other copy of the data folder is stopped.
    func resumePosting() async throws {
        try await desk.connections.resumePosting(by: .command("serve --resume-posting"))
    }

    func close() async throws {
        try await client.shutdown()
        do {
            try folder.close()
        } catch let failure where StorageTrouble(failure) != nil {
            // Nothing is lost: the next start reads the write-ahead log.
            logger.warning("database not tidied up", metadata: ["reason": "\(failure)"])
        }
    }
}

extension Optional {
    fileprivate func asyncMap<Value>(_ transform: (Wrapped) async throws -> Value) async rethrows -> Value? {
        guard let self else { return nil }
        return try await transform(self)
    }
}
