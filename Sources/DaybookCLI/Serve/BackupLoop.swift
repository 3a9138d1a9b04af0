// SPDX-License-Identifier: Apache-2.0
import Daybook
import DaybookStorage
import Dispatch
import Foundation
import Logging
import ServiceLifecycle
import Synchronization

/// Makes backups while the server runs.
struct BackupLoop: Service {
    /// In seconds.
    private static let retry: TimeInterval = 3_600

    let folder: OpenDataFolder
    let clock: any WallClock
    /// Nil where none are made.
    let plan: BackupPlan?
    let logger: Logger
    let logEvents: any LogEventSink
    /// Nobody rings it while the server runs.
    var nudge = Nudge()
    private let failure = Failure()

    /// Until when a failed backup is not tried again.
    private final class Failure: Sendable {
        let until = Mutex<Date?>(nil)
    }

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
    ///
    /// The loop asks more often than that, so that a turned clock is noticed.
    func step(_ plan: BackupPlan) async throws -> Wake {
        let now = clock.now
        if let again = failure.until.withLock({ $0 }), now < again, now >= again.addingTimeInterval(-Self.retry) {
            return .at(again)
        }
        let shelf = BackupShelf(path: plan.folder)
        do {
            if let due = try shelf.latest()?.addingTimeInterval(plan.interval.seconds), now < due { return .at(due) }
            let backup = try await offThePool { try DatabaseBackup.make(of: folder.folder, into: plan.folder, at: now) }
            failure.until.withLock { $0 = nil }
            let removed = try shelf.keep(plan.count)
            logger.info(
                "backed up", metadata: ["bytes": "\(backup.bytes)", "removed": "\(removed)", "file": "\(backup.path)"])
            return .at(now.addingTimeInterval(plan.interval.seconds))
        } catch {
            logger.error("backup failed", metadata: ["folder": "\(plan.folder)", "reason": "\(error)"])
            let again = now.addingTimeInterval(Self.retry)
            failure.until.withLock { $0 = again }
            return .at(again)
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
