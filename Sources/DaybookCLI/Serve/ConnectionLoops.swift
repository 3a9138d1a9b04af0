// SPDX-License-Identifier: Apache-2.0
import Daybook
import DaybookQuickBooks
import DaybookStorage
import Logging
import ServiceLifecycle
import Synchronization

/// Runs an exporter and a token keeper for every connection, also for those that are added later.
final class ConnectionLoops: Service {
    private let assembly: Assembly
    private let started = Mutex<Set<Connection.ID>>([])

    init(_ assembly: Assembly) { self.assembly = assembly }

    /// Takes over what an earlier process left unfinished, for every connection.
    ///
    /// It has to be called before the server answers requests.
    func start() async throws {
        for connection in try await assembly.folder.storage.connections() { try await start(connection.id) }
    }

    /// Gives all leases back.
    func stop() async throws {
        for connection in started.withLock({ $0 }) { try await assembly.exporter.stop(connection) }
    }

    func run() async throws {
        let (found, finder) = AsyncStream.makeStream(of: Connection.ID.self)
        for connection in started.withLock({ $0.sorted() }) { finder.yield(connection) }
        let environments = Set(try await assembly.folder.storage.apps().map(\.environment)).sorted()
        // A loop fails only when the disk can't be relied on; then all of them end.
        try await withThrowingDiscardingTaskGroup { group in
            group.addTask {
                defer { finder.finish() }
                try await self.loop("connections", self.assembly.waking.connections) { try await self.startNew(finder) }
                    .run()
            }
            // It runs beside the loops, so that nothing waits while Intuit can't be reached.
            group.addTask { await self.assembly.issuer.readDiscovery(of: environments) }
            for await connection in found {
                group.addTask { try await self.exporterLoop(connection).run() }
                group.addTask { try await self.keeperLoop(connection).run() }
            }
        }
    }

    private func exporterLoop(_ connection: Connection.ID) -> StepLoop {
        let exporter = assembly.exporter
        return loop("exporter \(connection.value)", assembly.waking.nudge(of: connection)) {
            try await exporter.step(connection)
        }
    }

    private func keeperLoop(_ connection: Connection.ID) -> StepLoop {
        let keeper = assembly.keeper
        return loop("token keeper \(connection.value)", assembly.waking.nudge(of: connection)) {
            try await keeper.step(connection)
        }
    }

    private func loop(
        _ name: String, _ nudge: Nudge, step: @escaping @Sendable () async throws -> Wake
    ) -> StepLoop {
        StepLoop(
            name: name, clock: assembly.clock, nudge: nudge, logger: assembly.logger,
            logEvents: assembly.logEvents, condition: assembly.folder.condition, step: step)
    }

    private func startNew(_ finder: AsyncStream<Connection.ID>.Continuation) async throws -> Wake {
        for connection in try await assembly.folder.storage.connections().map(\.id)
        where !started.withLock({ $0.contains(connection) }) {
            try await start(connection)
            finder.yield(connection)
        }
        return .idle
    }

    private func start(_ connection: Connection.ID) async throws {
        try await assembly.keeper.start(connection)
        try await assembly.exporter.start(connection)
        started.withLock { _ = $0.insert(connection) }
    }
}
