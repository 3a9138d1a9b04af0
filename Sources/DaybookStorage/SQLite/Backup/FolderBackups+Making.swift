// SPDX-License-Identifier: Apache-2.0
package import Daybook
package import Foundation
import Synchronization

extension FolderBackups {
    /// How long after a failure the next try is made by itself.
    private static let pause: TimeInterval = 3_600

    /// What a step has made.
    package struct Made: Sendable {
        package let backup: DatabaseBackup
        /// How many older ones were removed.
        package let removed: Int
    }

    /// Makes a backup when one is due or was asked for.
    ///
    /// A failure is kept for the overview, and tried again an hour later or when somebody asks.
    ///
    /// - Returns: What was made, and when the next one is due.
    /// - Throws: Why none could be made.
    package func step(at now: Date) async throws -> (made: Made?, next: Wake) {
        guard let schedule else { return (nil, .idle) }
        let (isAsked, retryAt) = state.withLock { ($0.isAsked, $0.retryAt) }
        // A clock that was turned back does not make it wait longer.
        if !isAsked, let retryAt, now < retryAt, now >= retryAt.addingTimeInterval(-Self.pause) {
            return (nil, .at(retryAt))
        }
        let interval = TimeInterval(schedule.interval.components.seconds)
        var act: Act?
        do {
            let shelf = BackupShelf(path: schedule.folder)
            let latest = try shelf.latest()
            if !isAsked, let due = latest?.addingTimeInterval(interval), now < due { return (nil, .at(due)) }
            // Two backups made in one second would have the same name.
            if let latest, latest == BackupName(now).moment { return (nil, .at(latest.addingTimeInterval(1))) }
            let begun = begin()
            act = begun.act
            let backup = try await make(into: schedule.folder, at: now, begun.wasAsked ? .request : .schedule)
            let removed = try shelf.keepEach(schedule.count)
            await note(
                AuditChange("backup \(URL(fileURLWithPath: backup.path).lastPathComponent)"), by: act, nil, retryAt: nil
            )
            return (Made(backup: backup, removed: removed), .at(now.addingTimeInterval(interval)))
        } catch {
            let failure = BackupOverview.Failure(at: now, reason: "\(error)")
            await note(
                AuditChange("backup", to: "failed"), by: act ?? begin().act, failure,
                retryAt: now.addingTimeInterval(Self.pause))
            throw error
        }
    }

    /// Says in the audit trail what came of a restore.
    ///
    /// The start that carried it out calls this, because the restored
    /// trail ends before the restore.
    ///
    /// - Throws: ``StorageFailure``.
    package func say(_ restore: BackupOverview.Restore) async throws {
        let act = Act(.verb(.restoreBackup), by: .command("serve"), at: restore.at)
        let outcome = restore.failure == nil ? "restored" : "not restored"
        try await Act.$current.withValue(act) {
            try await storage.write { sql in
                sql.audit(AuditChange("backup \(restore.backup)", to: "\(outcome); \(restore.who) asked for it"))
            }
        }
    }

    private func make(
        into target: String, at now: Date, _ origin: KeptBackup.Origin
    ) async throws -> DatabaseBackup {
        try await offThePool { [folder] in
            try DatabaseBackup.make(of: folder, into: target, at: now, origin: origin) { part in
                self.state.withLock { $0.copied = part }
            }
        }
    }

    /// From now on another one may be asked for.
    ///
    /// - Returns: Whether somebody has asked for this one, and by which act.
    private func begin() -> (wasAsked: Bool, act: Act?) {
        state.withLock { state in
            defer { (state.isAsked, state.asked, state.copied) = (false, nil, 0) }
            return (state.isAsked, state.asked)
        }
    }

    /// Keeps the outcome.
    ///
    /// The act of somebody who asked has its line in the audit trail only now, when the outcome is
    /// known.
    private func note(
        _ change: AuditChange, by act: Act?, _ failure: BackupOverview.Failure?, retryAt: Date?
    ) async {
        state.withLock { ($0.copied, $0.failure, $0.retryAt) = (nil, failure, retryAt) }
        // On a full disk it is kept in memory alone.
        if let failure {
            try? folder.keep(failure, at: folder.backupFailurePath)
        } else {
            try? OpenFile.removeIfThere(folder.backupFailurePath)
        }
        guard let act else { return }
        await Act.$current.withValue(act) {
            // The backup is made, or has failed, whether or not the trail can be written.
            try? await storage.write { $0.audit(change) }
        }
    }
}
