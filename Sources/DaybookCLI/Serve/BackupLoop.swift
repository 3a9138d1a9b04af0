// SPDX-License-Identifier: Apache-2.0
import Daybook
import DaybookStorage
import Foundation
import Logging
import ServiceLifecycle

/// Makes backups while the server runs.
struct BackupLoop: Service {
    /// In seconds, after a failure.
    private static let pause: TimeInterval = 3_600

    let backups: FolderBackups
    let clock: any WallClock
    let condition: any StorageCondition
    let logger: Logger
    let logEvents: any LogEventSink
    /// Rung when somebody asks for a backup.
    let asked: Nudge

    func run() async throws {
        guard backups.schedule != nil else {
            try? await gracefulShutdown()  // It throws when the task is cancelled, which is an end as well.
            return
        }
        var loop = StepLoop(
            name: "backups", clock: clock, nudge: asked, logger: logger, logEvents: logEvents, condition: condition,
            step: { await step() })
        // So that a turned clock is noticed.
        loop.longestSleep = .seconds(60)
        try await loop.run()
    }

    /// Makes a backup when one is due or was asked for; a failure is logged.
    func step() async -> Wake {
        let now = clock.now
        do {
            let (made, next) = try await backups.step(at: now)
            if let made {
                logger.info(
                    "backed up",
                    metadata: [
                        "bytes": "\(made.backup.bytes)", "removed": "\(made.removed)", "file": "\(made.backup.path)",
                    ])
            }
            return next
        } catch {
            logger.error(
                "backup failed",
                metadata: ["folder": "\(backups.schedule?.folder ?? "none")", "reason": "\(error)"])
            return .at(now.addingTimeInterval(Self.pause))
        }
    }
}

extension BackupLoop {
    init(_ assembly: Assembly) {
        self.init(
            backups: assembly.backups, clock: assembly.clock, condition: assembly.folder.condition,
            logger: assembly.logger, logEvents: assembly.logEvents, asked: assembly.backupAsked)
    }
}
