// SPDX-License-Identifier: Apache-2.0
import CoreMetrics
import Daybook
import DaybookStorage
import DaybookWeb
import Hummingbird
import Logging
import ServiceLifecycle
import UnixSignals

/// Everything that `daybook serve` runs: pages, API, exporters, token keepers and other loops, until it is stopped.
struct Serving {
    private let assembly: Assembly
    private let loops: ConnectionLoops
    private let group: ServiceGroup
    private let restoreStop: RestoreStop

    /// - Parameters:
    ///   - signals: The signals that stop it.
    ///   - limits: The limits of clients' connections.
    ///   - certificate: What connections are encrypted with; nil for plain HTTP.
    ///   - onRunning: Called once the server can be reached.
    init(
        _ assembly: Assembly, signals: [UnixSignal], limits: ConnectionLimits = ConnectionLimits(),
        certificate: CertificateWatch? = nil, onRunning: @escaping @Sendable () -> Void
    ) {
        self.assembly = assembly
        loops = ConnectionLoops(assembly)
        var services: [any Service] = []
        if let clock = assembly.clockService { services.append(clock) }
        services.append(StorageWatch(assembly: assembly))
        services.append(loops)
        services.append(NotificationLoops(assembly: assembly))
        services.append(RetentionLoop(assembly))
        services.append(CustomerLoop(assembly))
        services.append(BackupLoop(assembly))
        services.append(AccountCheckLoop(assembly))
        services.append(InboxLoop(assembly))
        services.append(KeyRotationEnd(rotation: assembly.folder.rotation, logger: assembly.logger))
        if let certificate { services.append(certificate) }
        let announcement = AddressAnnouncement(
            assembly: assembly, scheme: certificate == nil ? "http" : "https", onAnnounced: onRunning)
        services.append(Self.server(assembly, limits, certificate) { announcement.serverIsUp() })
        services.append(announcement)
        // The service that is last in the list is told of a shutdown first.
        services.append(KeeperShutdown(keeper: assembly.keeper))
        restoreStop = RestoreStop(asked: assembly.restoreAsked, signals: signals, logger: assembly.logger)
        let restoring = ServiceGroupConfiguration.ServiceConfiguration(
            service: restoreStop, successTerminationBehavior: .gracefullyShutdownGroup)
        group = ServiceGroup(
            configuration: ServiceGroupConfiguration(
                services: [restoring] + services.map { ServiceGroupConfiguration.ServiceConfiguration(service: $0) },
                gracefulShutdownSignals: signals, logger: Self.quiet(assembly.logger)))
    }

    /// Returns once it was told to stop and everything under way has ended.
    func run() async throws {
        try await loops.start()
        try await group.run()
        await assembly.keeper.untilQuiet()
        do {
            try await loops.stop()
        } catch let failure where StorageTrouble(failure) != nil {
            assembly.logger.warning(
                "leases not given back; the next start takes them over", metadata: ["reason": "\(failure)"])
        }
    }

    /// Whether the program is to start again: to restore a backup, as somebody asked.
    ///
    /// A signal may still change it.
    var startsAgain: Bool { restoreStop.startsAgain }

    func stop() async { await group.triggerGracefulShutdown() }

    private static func server(
        _ assembly: Assembly, _ limits: ConnectionLimits, _ certificate: CertificateWatch?,
        _ onRunning: @escaping @Sendable () -> Void
    ) -> some ApplicationProtocol {
        var metrics = assembly.metrics
        metrics.certificate = certificate
        let (listen, registry) = (assembly.configuration.listen, assembly.metrics.registry)
        let router = assembly.site.router { metrics.addRoute(to: $0) }
        let connections = OpenConnections(limits, logger: assembly.logger) {
            Counter(label: Metric.connectionsClosed.rawValue, factory: registry).increment()
        }
        return Application(
            router: router,
            server: connections.server(limits, tls: certificate?.tls),
            configuration: .init(address: .hostname(listen.host, port: listen.port), serverName: "daybook"),
            onServerRunning: { _ in onRunning() }, logger: quiet(assembly.logger))
    }

    /// A logger for libraries, which passes on warnings and errors only.
    private static func quiet(_ logger: Logger) -> Logger {
        var logger = logger
        logger.logLevel = max(logger.logLevel, .warning)
        return logger
    }
}
