// SPDX-License-Identifier: Apache-2.0
import ArgumentParser
import Daybook
import DaybookStorage
import DaybookWeb
import Foundation
import Hummingbird
import Logging
import ServiceLifecycle
import UnixSignals

/// `daybook serve`: the pages, the API and the exporter beside them.
struct ServeCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "serve",
        abstract: "Serve the pages and the API, and post to QuickBooks Online, until Ctrl-C.",
        discussion: """
            The first line printed is the address. The data folder is made at the first start, with the key that \
            seals its secrets (daybook.key): keep a copy of the key apart from the backups.
            Example: daybook serve --listen 127.0.0.1:8710
            """)

    @OptionGroup var options: ConfigurationOptions

    func run() async throws {
        let settings = try await plainly { try await options.read() }
        var logger = Logger(label: "daybook") { StreamLogHandler.standardError(label: $0) }
        logger.logLevel = settings.logLevel
        let assembly = try await plainly { try await Assembly(settings, logger: logger) }
        do {
            let loops = ConnectionLoops(assembly)
            try await loops.start()
            try await group(assembly, loops).run()
            await assembly.keeper.untilQuiet()
            try await loops.stop()
            try await assembly.close()
        } catch {
            try await assembly.close()
            throw CommandFailure(Self.words(error, settings.listen))
        }
    }

    private static func words(_ error: any Error, _ listen: ListenAddress) -> String {
        guard FreePort.isTaken(listen) else { return "Daybook stopped: \(error)" }
        return "Daybook can't listen on \(listen): another program has this port. Stop that program, or give Daybook "
            + "another port with --listen (or DAYBOOK_LISTEN), such as --listen 127.0.0.1:8720."
    }

    private func group(_ assembly: Assembly, _ loops: ConnectionLoops) -> ServiceGroup {
        var services: [any Service] = []
        if let clock = assembly.clockService { services.append(clock) }
        services.append(loops)
        services.append(NotifyingLoops(assembly: assembly))
        services.append(server(assembly))
        // The last of the list is told of a shutdown first.
        services.append(KeeperShutdown(keeper: assembly.keeper))
        return ServiceGroup(
            configuration: ServiceGroupConfiguration(
                services: services.map { ServiceGroupConfiguration.ServiceConfiguration(service: $0) },
                gracefulShutdownSignals: [.sigterm, .sigint], logger: Self.quiet(assembly.logger)))
    }

    private func server(_ assembly: Assembly) -> some ApplicationProtocol {
        let settings = assembly.configuration
        let router = assembly.site.router()
        assembly.metrics.addRoute(to: router)
        return Application(
            router: router,
            configuration: .init(
                address: .hostname(settings.listen.host, port: settings.listen.port), serverName: "daybook"),
            onServerRunning: { _ in
                print("Daybook is at \(settings.publicURL.absoluteString)")
                fflush(nil)
            },
            logger: Self.quiet(assembly.logger))
    }

    /// The libraries speak only of trouble.
    private static func quiet(_ logger: Logger) -> Logger {
        var logger = logger
        logger.logLevel = max(logger.logLevel, .warning)
        return logger
    }
}
