// SPDX-License-Identifier: Apache-2.0
import Daybook
import DaybookStorage
import ServiceLifecycle

/// One loop watches the connections and writes warnings down, another delivers them, so that a slow mail system delays
/// no warning.
struct NotificationLoops: Service {
    let assembly: Assembly

    func run() async throws {
        let watch = assembly.watch
        let deliveries = assembly.deliveries
        // Each step reads every connection; a few seconds more do no harm.
        var watching = loop("warnings", assembly.waking.connections) { try await watch.step() }
        watching.longestSleep = .seconds(5)
        let delivering = loop("deliveries", assembly.waking.notifications) { try await deliveries.step() }
        try await withThrowingDiscardingTaskGroup { group in
            for loop in [watching, delivering] { group.addTask { try await loop.run() } }
        }
    }

    private func loop(_ name: String, _ nudge: Nudge, step: @escaping @Sendable () async throws -> Wake) -> StepLoop {
        StepLoop(
            name: name, clock: assembly.clock, nudge: nudge, logger: assembly.logger,
            logEvents: assembly.logEvents, condition: assembly.folder.condition, step: step)
    }
}
