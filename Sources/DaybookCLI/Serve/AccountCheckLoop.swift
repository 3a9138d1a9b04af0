// SPDX-License-Identifier: Apache-2.0
import Daybook
import DaybookStorage
import Logging
import ServiceLifecycle

/// Reads each company's chart of accounts once a night while the server runs.
struct AccountCheckLoop: Service {
    let desk: Desk
    let clock: any WallClock
    let condition: any StorageCondition
    let logger: Logger
    let logEvents: any LogEventSink
    /// A server that has just started has other calls to make first: what was left half done, and what waits.
    private static let restAfterStart = Duration.seconds(600)

    /// Nobody rings it while the server runs.
    var nudge = Nudge()

    func run() async throws {
        let checks = NightlyAccountCheck(desk: desk, clock: clock)
        let started = ContinuousClock.now
        var loop = StepLoop(
            name: "account check", clock: clock, nudge: nudge, logger: logger, logEvents: logEvents,
            condition: condition,
            step: {
                guard ContinuousClock.now - started >= Self.restAfterStart else { return .idle }
                return try await checks.step()
            })
        // Nobody waits for it; a turned clock is noticed within a minute.
        loop.longestSleep = .seconds(60)
        try await loop.run()
    }
}

extension AccountCheckLoop {
    init(_ assembly: Assembly) {
        self.init(
            desk: assembly.desk, clock: assembly.clock, condition: assembly.folder.condition, logger: assembly.logger,
            logEvents: assembly.logEvents)
    }
}
