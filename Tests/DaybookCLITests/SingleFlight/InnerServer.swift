// SPDX-License-Identifier: Apache-2.0
import ArgumentParser
import Daybook
@testable import DaybookCLI
import Foundation
import InMemoryLogging
import Logging
import Synchronization

/// What `daybook serve` runs, in the test's own process: so that tasks can want a token inside the server, beside
/// those that come through its API.
struct InnerServer {
    let keeper: TokenKeeper
    private let log: InMemoryLogHandler

    /// The errors in its log.
    var errors: [InMemoryLogHandler.Entry] { log.entries.filter { $0.level >= .error } }

    /// Runs one for as long as `body` takes.
    ///
    /// Its token calls may take minutes: a test keeps one back until hundreds of callers wait for it, which takes a
    /// busy machine longer than the eight seconds that Intuit is given.
    static func with(_ environment: [String: String], _ body: (InnerServer) async throws -> Void) async throws {
        let settings = try ConfigurationOptions.parse([]).read(environment: environment)
        let log = InMemoryLogHandler()
        var logger = Logger(label: "daybook") {
            MultiplexLogHandler([StreamLogHandler.standardError(label: $0), log])
        }
        logger.logLevel = settings.logLevel
        let assembly = try await Assembly(settings, logger: logger, tokenDeadline: .seconds(600))
        do {
            try await serve(assembly, log, body)
            try await assembly.close()
        } catch {
            try await assembly.close()
            throw error
        }
    }

    private static func serve(
        _ assembly: Assembly, _ log: InMemoryLogHandler, _ body: (InnerServer) async throws -> Void
    ) async throws {
        let (running, isUp) = AsyncStream.makeStream(of: Never.self)
        let serving = Serving(assembly, signals: []) { isUp.finish() }
        async let served: Void = run(serving, isUp)
        for await _ in running {}
        do {
            try await body(InnerServer(keeper: assembly.keeper, log: log))
            await serving.stop()
        } catch {
            await serving.stop()
            throw error
        }
        try await served
    }

    /// Ends the wait for it also when it never comes up.
    private static func run(_ serving: Serving, _ isUp: AsyncStream<Never>.Continuation) async throws {
        defer { isUp.finish() }
        try await serving.run()
    }

    /// So many tasks that want a token.
    ///
    /// - Parameter begun: Counts those that are under way.
    /// - Returns: The tokens they came back with, each once.
    func tokens(wanted count: Int, begun: Begun) async throws -> Set<String> {
        try await withThrowingTaskGroup(of: String.self) { group in
            for _ in 0..<count {
                group.addTask {
                    begun.add()
                    let found = try await keeper.token(for: .first)
                    guard case .usable(let token) = found else {
                        throw CommandFailure("A task inside the server was given no token, but “\(found)”.")
                    }
                    return token.accessToken.reveal()
                }
            }
            return try await group.reduce(into: []) { $0.insert($1) }
        }
    }

    final class Begun: Sendable {
        private let count = Atomic(0)

        func add() { count.add(1, ordering: .relaxed) }

        func until(_ wanted: Int) async {
            while count.load(ordering: .relaxed) < wanted { await Task.yield() }
        }
    }
}
