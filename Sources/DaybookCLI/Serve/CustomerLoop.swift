// SPDX-License-Identifier: Apache-2.0
import Daybook
import DaybookStorage
import Logging
import ServiceLifecycle

/// Anonymizes customers while the server runs: what was begun, and those who were not seen for the years that are set.
struct CustomerLoop: Service {
    let folder: OpenDataFolder
    let clock: any WallClock
    /// Nil where nobody is anonymized for age.
    let years: Int?
    let logger: Logger
    let logEvents: any LogEventSink
    /// Nobody rings it while the server runs.
    var nudge = Nudge()

    func run() async throws {
        let retention = CustomerRetention(storage: folder.storage, clock: clock, years: years)
        var loop = StepLoop(
            name: "customers", clock: clock, nudge: nudge, logger: logger, logEvents: logEvents,
            condition: folder.condition, step: { try await retention.step() })
        // Nobody waits for it; a turned clock is noticed within a minute.
        loop.longestSleep = .seconds(60)
        try await loop.run()
    }
}

extension CustomerLoop {
    init(_ assembly: Assembly) {
        self.init(
            folder: assembly.folder, clock: assembly.clock, years: assembly.configuration.customersYears,
            logger: assembly.logger, logEvents: assembly.logEvents)
    }
}
