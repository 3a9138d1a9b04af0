// SPDX-License-Identifier: Apache-2.0
import CoreMetrics
import Daybook
import DaybookStorage
import DaybookWeb
import Hummingbird
import Logging
import ServiceLifecycle
import UnixSignals

/// The desk at work: pages, API, exporters and token keepers, until it is told to stop.
struct Serving {
    private let assembly: Assembly
    private let loops: ConnectionLoops
    private let group: ServiceGroup

    /// - Parameters:
    ///   - signals: What tells the process to stop.
    ///   - limits: What clients' connections may take.
    ///   - onRunning: Called once it can be reached.
    init(
        _ assembly: Assembly, signals: [UnixSignal], limits: ConnectionLimits = ConnectionLimits(),
        onRunning: @escaping @Sendable () -> Void
    ) {
        self.assembly = assembly
        loops = ConnectionLoops(assembly)
        var services: [any Service] = []
        if let clock = assembly.clockService { services.append(clock) }
        services.append(StorageWatch(assembly: assembly))
        services.append(loops)
        services.append(NotifyingLoops(assembly: assembly))
        services.append(RetentionLoop(assembly: assembly))
        let announcement = AddressAnnouncement(assembly: assembly, onAnnounced: onRunning)
        services.append(Self.server(assembly, limits) { announcement.serverIsUp() })
        services.append(announcement)
        // The last of the list is told of a shutdown first.
        services.append(KeeperShutdown(keeper: assembly.keeper))
        group = ServiceGroup(
            configuration: ServiceGroupConfiguration(
                services: services.map { ServiceGroupConfiguration.ServiceConfiguration(service: $0) },
                gracefulShutdownSignals: signals, logger: Self.quiet(assembly.logger)))
    }

    /// Returns when it was told to stop, and all that was under way has come to its end.
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

    func stop() async { await group.triggerGracefulShutdown() }

    private static func server(
        _ assembly: Assembly, _ limits: ConnectionLimits, _ onRunning: @escaping @Sendable () -> Void
    ) -> some ApplicationProtocol {
        let (listen, registry) = (assembly.configuration.listen, assembly.metrics.registry)
        let router = assembly.site.router { assembly.metrics.addRoute(to: $0) }
        let connections = OpenConnections(limits, logger: assembly.logger) {
            Counter(label: Metric.connectionsClosed.rawValue, factory: registry).increment()
        }
        return Application(
            router: router,
            server: connections.server(limits),
            configuration: .init(address: .hostname(listen.host, port: listen.port), serverName: "daybook"),
            onServerRunning: { _ in onRunning() }, logger: quiet(assembly.logger))
    }

    /// The libraries speak only of trouble.
    private static func quiet(_ logger: Logger) -> Logger {
        var logger = logger
        logger.logLevel = max(logger.logLevel, .warning)
        return logger
    }
}
