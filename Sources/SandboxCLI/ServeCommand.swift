// SPDX-License-Identifier: Apache-2.0
import ArgumentParser
import HTTPServing
import Hummingbird
import HummingbirdCore
import IntuitSandbox
import Logging
import NIOCore

/// `intuit-sandbox serve`.
struct ServeCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "serve",
        abstract: "Serve on a port until Ctrl-C.",
        discussion: """
            The first line printed is the address. With port 0 a free port is chosen.
            Example: intuit-sandbox serve --listen 127.0.0.1:0 --seed 7 --no-throttles
            """)

    @Option(help: "Where to listen: a loopback address and a port, such as 127.0.0.1:8711; port 0 for any free one.")
    var listen: ListenAddress = .usual

    @Option(help: "Seeds token strings and mishaps.")
    var seed: UInt64 = 1

    @Flag(help: "Don't enforce Intuit's request limits (500 calls a minute, 10 a second, 40 batches a minute).")
    var noThrottles = false

    @Flag(help: "Don't ask anybody to sign in: everybody who opens a page is the first sample user.")
    var noSignIn = false

    @Option(help: "The longest time in seconds from a cut answer to its late commit.")
    var longestLateCommit: Double = 120

    @Option(help: "How many seconds an old refresh token still works after a rotation.")
    var overlap: Int = 0

    mutating func validate() throws {
        guard listen.isLoopback else {
            throw ValidationError(
                "--listen \(listen.description) is not a loopback address. Anybody who reaches the sandbox may do "
                    + "anything with it, so it serves this machine alone; use 127.0.0.1:\(listen.port).")
        }
        guard (0...86_400).contains(longestLateCommit) else {
            throw ValidationError("--longest-late-commit takes 0 to 86400 seconds, for example 2.")
        }
        guard (0...8_726_400).contains(overlap) else {
            throw ValidationError("--overlap takes 0 to 8726400 seconds, for example 30.")
        }
    }

    func run() async throws {
        var options = SandboxOptions(
            seed: seed, requiresSignIn: !noSignIn, throttlesEnabled: !noThrottles,
            longestLateCommit: .seconds(longestLateCommit))
        options.lifetimes.overlap = overlap
        let companies = options.companies
        var logger = Logger(label: "intuit-sandbox") { StreamLogHandler.standardError(label: $0) }
        logger.logLevel = .error
        let host = listen.host
        let sandbox = Sandbox(options)
        let server = Application(
            responder: SandboxResponder(sandbox: sandbox),
            // A connection that is silent for so long, also within a request, is closed.
            server: .stoppableHTTP1(configuration: .init(idleTimeout: .seconds(30))),
            configuration: .init(address: .hostname(host, port: listen.port)),
            onServerRunning: { channel in
                Greeting(host: host, port: channel.localAddress?.port, companies: companies, users: sandbox.users)
                    .print()
            },
            logger: logger)
        do {
            try await server.runService()
        } catch {
            throw CommandFailure(
                description: "Can't serve on \(listen.description): \(error). Another program may have the port; "
                    + "stop it, or use --listen 127.0.0.1:0 for a free one.")
        }
    }
}
