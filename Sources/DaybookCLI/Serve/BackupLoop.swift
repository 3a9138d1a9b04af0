// SPDX-License-Identifier: Apache-2.0
import Daybook
import DaybookStorage
import Dispatch
import Foundation
import Logging
import ServiceLifecycle

/// Makes backups while the server runs.
struct BackupLoop: Service {
    let folder: OpenDataFolder
    let clock: any WallClock
    /// Nil where none are made.
    let plan: BackupPlan?
    let logger: Logger
    let logEvents: any LogEventSink
    /// Nobody rings it while the server runs.
    var nudge = Nudge()

    func run() async throws {
        guard let plan else {
            try? await gracefulShutdown()  // It throws when the task is cancelled, which is an end as well.
            return
        }
        var loop = StepLoop(
            name: "backups", clock: clock, nudge: nudge, logger: logger, logEvents: logEvents,
            condition: folder.condition, step: { try await step(plan) })
        loop.longestSleep = .seconds(60)
        try await loop.run()
    }

    /// Makes a backup when one is due; a failure is said, and tried again an hour later.
    func step(_ plan: BackupPlan) async throws -> Wake {
        let now = clock.now
        let shelf = BackupShelf(path: plan.folder)
        do {
            if let due = try shelf.latest()?.addingTimeInterval(plan.interval.seconds), now < due { return .at(due) }
            let backup = try await offThePool { try DatabaseBackup.make(of: folder.folder, into: plan.folder, at: now) }
            let removed = try shelf.keep(plan.count)
            logger.info(
                "backed up", metadata: ["bytes": "\(backup.bytes)", "removed": "\(removed)", "file": "\(backup.path)"])
            return .at(now.addingTimeInterval(plan.interval.seconds))
        } catch {
            logger.error("backup failed", metadata: ["folder": "\(plan.folder)", "reason": "\(error)"])
            return .at(now.addingTimeInterval(3_600))
        }
    }

    private func offThePool<Value: Sendable>(_ body: @escaping @Sendable () throws -> Value) async throws -> Value {
        try await withCheckedThrowingContinuation { continuation in
            DispatchQueue.global().async { continuation.resume(with: Result(catching: body)) }
        }
    }
}

extension BackupLoop {
    init(_ assembly: Assembly) {
        self.init(
            folder: assembly.folder, clock: assembly.clock, plan: assembly.configuration.backups,
            logger: assembly.logger, logEvents: assembly.logEvents)
    }
}
