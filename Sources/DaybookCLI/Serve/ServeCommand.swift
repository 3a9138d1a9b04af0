// SPDX-License-Identifier: Apache-2.0
import ArgumentParser
import Daybook
import Foundation
import Logging
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

    @OptionGroup var options: ServeOptions

    @Flag(name: .customLong("start-empty"), help: ConfigurationOptions.startEmptyHelp)
    var startsEmpty = false

    @Flag(
        help: """
            Go on posting where it was stopped because another copy of this data folder posted the same documents; \
            stop that copy first.
            """)
    var resumePosting = false

    func run() async throws {
        let restart = ProgramRestart()
        let settings = try await plainly { try options.read() }
        // Where a file may not grow, the write then fails like any other; the signal would end the process.
        _ = signal(SIGXFSZ, SIG_IGN)
        let logger = Logger.daybook(settings.logLevel, settings.logFormat)
        let certificate = try settings.certificate.map {
            try CertificateWatch($0, clock: SystemClock(), logger: logger)
        }
        let restored = try await plainly { try await RestoreAtStart(settings, logger).carryOut() }
        let assembly = try await plainly { try await opened(settings, logger) }
        if let restored { await RestoreAtStart.say(restored, assembly) }
        logger.info(
            "starting",
            metadata: [
                "version": "\(DaybookCommand.configuration.version)", "address": "\(settings.listen)",
                "data": "\(settings.dataFolder)", "process": "\(ProcessInfo.processInfo.processIdentifier)",
                "environments": "\(settings.environments.names.map(\.text).joined(separator: " "))",
            ])
        if let openness = settings.openness { logger.warning("\(openness)") }
        let outcome: Result<Void, any Error>
        var serving: Serving?
        do {
            if resumePosting { try await assembly.resumePosting() }
            let signingUp = await FirstAdministrator(assembly).line()
            let running = Serving(assembly, signals: [.sigterm, .sigint], certificate: certificate) {
                print("Daybook is at \(settings.publicURL.absoluteString)")
                if let signingUp { print(signingUp) }
                fflush(nil)
            }
            serving = running
            try await running.run()
            outcome = .success(())
            logger.info(running.startsAgain ? "stopping to restore a backup" : "stopping after a signal")
        } catch {
            outcome = .failure(CommandFailure(Self.words(error, settings.listen)))
            logger.critical("stopping", metadata: ["reason": "\(error)"])
        }
        let closing: Result<Void, any Error>
        do {
            closing = .success(try await assembly.close())
            logger.info("stopped")
        } catch {
            closing = .failure(error)
            logger.error("data folder not closed properly", metadata: ["reason": "\(error)"])
        }
        // The reason for stopping is shown first, because a failure to close is often its consequence.
        try outcome.get()
        try closing.get()
        if serving?.startsAgain == true { try restart.run() }
    }

    private func opened(_ settings: DaybookConfiguration, _ logger: Logger) async throws -> Assembly {
        let assembly = try await Assembly(settings, logger: logger, startsEmpty: startsEmpty)
        do {
            try FirstAdministrator(assembly).requireThisMachineAlone()
        } catch {
            try await assembly.close()
            throw error
        }
        return assembly
    }

    private static func words(_ error: any Error, _ listen: ListenAddress) -> String {
        guard FreePort.isTaken(listen) else { return "Daybook stopped: \(error)" }
        return "Daybook can't listen on \(listen): another program has this port. Stop that program, or give Daybook "
            + "another port with --listen (or DAYBOOK_LISTEN), such as --listen 127.0.0.1:8720."
    }
}
