// SPDX-License-Identifier: Apache-2.0
import ServiceLifecycle
import Synchronization

/// Ends, and so stops the server, once a restore was written down: the program then starts again and carries it out.
///
/// A server that is being stopped anyway does not start again: the restore waits for the next start.
final class RestoreStop: Service {
    private let asked: Nudge
    private let due = Atomic(false)

    init(asked: Nudge) { self.asked = asked }

    /// Whether the program is to start again once everything is closed.
    var startsAgain: Bool { due.load(ordering: .sequentiallyConsistent) }

    func run() async throws {
        await cancelWhenGracefulShutdown { [asked] in await asked.wait(after: 0) }
        guard asked.rings > 0 else { return }
        // The answer to the person who asked goes out first; a sleep that is cut off is an end as well.
        await cancelWhenGracefulShutdown { try? await Task.sleep(for: .seconds(1)) }
        due.store(!Task.isShuttingDownGracefully, ordering: .sequentiallyConsistent)
    }
}
