// SPDX-License-Identifier: Apache-2.0
import Daybook
import DaybookStorage
import Logging
import ServiceLifecycle

/// Removes old details while the server runs.
struct RetentionLoop: Service {
    let folder: OpenDataFolder
    let clock: any WallClock
    /// How old a detail becomes; nil where all are kept for ever.
    let age: Duration?
    let logger: Logger
    let logEvents: any LogEventSink
    /// Nobody rings it while the server runs.
    var nudge = Nudge()

    func run() async throws {
        guard let age else {
            try? await gracefulShutdown()  // It throws when the task is cancelled, which is an end as well.
            return
        }
        let retention = Retention(storage: folder.storage, clock: clock, age: age)
        var loop = StepLoop(
            name: "retention", clock: clock, nudge: nudge, logger: logger, logEvents: logEvents,
            condition: folder.condition, step: { try await retention.step() })
        // Nobody waits for it; a turned clock is noticed within a minute.
        loop.longestSleep = .seconds(60)
        try await loop.run()
    }
}

extension RetentionLoop {
    init(_ assembly: Assembly) {
        self.init(
            folder: assembly.folder, clock: assembly.clock, age: assembly.configuration.retention,
            logger: assembly.logger, logEvents: assembly.logEvents)
    }
}
