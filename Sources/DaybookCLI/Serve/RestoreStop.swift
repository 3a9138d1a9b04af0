// SPDX-License-Identifier: Apache-2.0
import Logging
import ServiceLifecycle
import Synchronization
import UnixSignals

/// Ends, and so stops the server, once a restore was written down: the program then starts again and carries it out.
///
/// A server that is being stopped already, or that is told to stop meanwhile, does not start again: the restore waits
/// for the next start.
final class RestoreStop: Service {
    private let asked: Nudge
    private let signals: [UnixSignal]
    private let logger: Logger
    private let due = Atomic(false)

    /// - Parameter signals: The signals that stop the server.
    init(asked: Nudge, signals: [UnixSignal], logger: Logger) {
        self.asked = asked
        self.signals = signals
        self.logger = logger
    }

    /// Whether the program is to start again once everything is closed.
    var startsAgain: Bool { due.load(ordering: .sequentiallyConsistent) }

    func run() async throws {
        await cancelWhenGracefulShutdown { [asked] in await asked.wait(after: 0) }
        guard asked.rings > 0 else { return }
        // The answer to the person who asked goes out first; a sleep that is cut off is an end as well.
        await cancelWhenGracefulShutdown { try? await Task.sleep(for: .seconds(1)) }
        guard !Task.isShuttingDownGracefully else { return }
        due.store(true, ordering: .sequentiallyConsistent)
        let told = await UnixSignalsSequence(trapping: signals)
        // Until the process ends: the server's own listener has nothing left to do for a signal.
        Task {
            for await _ in told {
                due.store(false, ordering: .sequentiallyConsistent)
                logger.warning("told to stop before the restore: the next start carries it out")
            }
        }
    }
}
