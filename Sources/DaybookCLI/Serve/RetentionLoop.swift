// SPDX-License-Identifier: Apache-2.0
import Daybook
import DaybookStorage
import ServiceLifecycle

/// Lets old details go while the server runs; none where they are kept for ever.
struct RetentionLoop: Service {
    let assembly: Assembly

    func run() async throws {
        guard let age = assembly.configuration.retention else {
            try? await gracefulShutdown()  // nothing to report: it only waits for the end
            return
        }
        let retention = Retention(storage: assembly.folder.storage, clock: assembly.clock, age: age)
        var loop = StepLoop(
            name: "retention", clock: assembly.clock, nudge: Nudge(), logger: assembly.logger,
            notices: assembly.notices, condition: assembly.folder.condition, step: { try await retention.step() })
        // Nobody waits for it; a turned clock is noticed within a minute.
        loop.longestSleep = .seconds(60)
        try await loop.run()
    }
}
