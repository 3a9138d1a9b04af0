// SPDX-License-Identifier: Apache-2.0
package import Daybook
import Dispatch
import Foundation
import Synchronization

/// The backups of an open data folder.
///
/// A loop makes them, by ``step(at:)``; pages and API ask for one.
package final class FolderBackups: Backups {
    struct State {
        /// The act of somebody who has asked for a backup.
        var asked: Act?
        var isAsked = false
        /// The part of a backup that is copied, from 0 to 1; nil when none is being made.
        var copied: Double?
        var restoring: String?
        var failure: BackupOverview.Failure?
        /// Until when a failed one is not tried again by itself.
        var retryAt: Date?
    }

    let folder: DataFolder
    let storage: SQLiteStorage
    package let schedule: BackupSchedule?
    let state: Mutex<State>
    private let look: BackupLook
    private let keyPlace: String
    private let onAsked: @Sendable () -> Void
    private let onRestore: @Sendable () -> Void

    /// - Parameters:
    ///   - key: Where the data key comes from; nil for `daybook.key` in the folder.
    ///   - schedule: Nil where no folder for backups is named.
    ///   - onAsked: Called when somebody wants a backup, so that the loop need not sleep on.
    ///   - onRestore: Called when a restore is written down, so that the server starts again.
    package init(
        of open: OpenDataFolder, key: KeySource?, schedule: BackupSchedule?,
        onAsked: @escaping @Sendable () -> Void = {}, onRestore: @escaping @Sendable () -> Void = {}
    ) {
        folder = open.folder
        storage = open.storage
        self.schedule = schedule
        look = BackupLook(sealer: open.sealer)
        keyPlace = (key ?? open.folder.usualKey).place.words
        self.onAsked = onAsked
        self.onRestore = onRestore
        state = Mutex(State(failure: open.folder.note(open.folder.backupFailurePath)))
    }

    package var failure: BackupOverview.Failure? { state.withLock { $0.failure } }

    package func overview() async throws -> BackupOverview {
        let (kept, count) = try await offThePool { [look, places] in
            // A folder that can't be read offers nothing; the next backup fails and says why.
            let files = places.flatMap { place in
                ((try? BackupShelf(path: place).names()) ?? []).map { (name: $0, path: place + "/" + $0.text) }
            }
            let latest = files.sorted { $1.name < $0.name }.prefix(BackupOverview.most)
            return (
                latest.map { $0.name.kept(at: $0.path, look, isBeforeUpgrade: self.isBeforeUpgrade($0.path)) },
                files.count
            )
        }
        let (work, failure) = state.withLock { ($0.work, $0.failure) }
        return BackupOverview(
            schedule: schedule, keyPlace: keyPlace, kept: kept, count: count, work: work, failure: failure,
            restore: folder.note(folder.restoreOutcomePath))
    }

    package func ask() async throws {
        guard schedule != nil else {
            throw BackupsRefused(
                """
                No folder for backups is named. Start Daybook with --backup-dir or DAYBOOK_BACKUP_DIR, best with a folder on \
                another disk.
                """)
        }
        state.withLock { state in
            // A backup that is under way does not count: it may have begun before what somebody wants to have in it.
            guard !state.isAsked else { return }
            state.isAsked = true
            state.asked = Act.current
        }
        onAsked()
    }

    package func handOut(_ name: String) async throws -> BackupFile {
        let path = try path(of: name)
        let bytes = try OpenFile(path, .read).size()
        try await storage.write { $0.audit(AuditChange("backup \(name)")) }
        return BackupFile(name: name, path: path, bytes: bytes)
    }

    package func restore(_ name: String, for who: String) async throws {
        let path = try path(of: name)
        let isFirst = state.withLock { state in
            guard state.restoring == nil else { return false }
            state.restoring = name
            return true
        }
        guard isFirst else {
            throw BackupsRefused("Daybook is about to restore a backup already. It starts again in a moment.")
        }
        do {
            try await check(path)
            try await storage.write { $0.audit(AuditChange("backup \(name)", to: "to be restored")) }
            // The machine's time: Daybook's clock may be a sandbox's, which the start that carries it out does not have
            // yet.
            try folder.keep(RestoreRequest(backup: path, who: who, askedAt: Date()), at: folder.restoreRequestPath)
        } catch {
            state.withLock { $0.restoring = nil }
            throw error
        }
        onRestore()
    }

    /// Checks a backup before the server gives up its data for it.
    private func check(_ path: String) async throws {
        let hadPeople: Bool
        do {
            hadPeople = try await offThePool { [look] in try translatingFailures { try look.check(path) } }
        } catch let error where error is BackupRefused || error is StorageFailure {
            throw BackupsRefused("\(error)")
        }
        guard try await storage.hasPeople(), !hadPeople else { return }
        throw BackupsRefused(
            """
            This backup is from before the first administrator signed up: anybody who reaches Daybook could do everything. Stop \
            Daybook and restore it by command, `daybook restore \(path) --yes`. Nothing was changed.
            """)
    }

    private var places: [String] { [schedule?.folder, folder.upgradeBackupsPath].compactMap(\.self) }

    private func isBeforeUpgrade(_ path: String) -> Bool { path.hasPrefix(folder.upgradeBackupsPath + "/") }

    /// The path of one of the backups; no other name leads anywhere.
    private func path(of name: String) throws -> String {
        guard let known = BackupName(file: name) else {
            throw BackupsRefused(
                "“\(name.prefix(80))” is no backup's name. Write it as the list has it, such as daybook-20261129T020000Z.db.",
                isUnknown: true)
        }
        let paths = places.map { $0 + "/" + known.text }
        guard let path = paths.first(where: { FileManager.default.fileExists(atPath: $0) }) else {
            throw BackupsRefused(
                "There is no backup \(known.text) any more; the oldest are removed. The page Backups lists those there are.",
                isUnknown: true)
        }
        return path
    }

    func offThePool<Value: Sendable>(_ body: @escaping @Sendable () throws -> Value) async throws -> Value {
        try await withCheckedThrowingContinuation { continuation in
            DispatchQueue.global().async { continuation.resume(with: Result(catching: body)) }
        }
    }
}

extension FolderBackups.State {
    fileprivate var work: BackupOverview.Work {
        if let restoring { return .restoring(restoring) }
        if let copied { return .copying(copied) }
        return isAsked ? .asked : .nothing
    }
}

extension BackupName {
    fileprivate func kept(at path: String, _ look: BackupLook, isBeforeUpgrade: Bool) -> KeptBackup {
        // One that is removed at this moment is listed once more, with nothing in it.
        let bytes = (try? OpenFile(path, .read).size()) ?? 0
        return KeptBackup(
            name: text, madeAt: moment, bytes: bytes,
            origin: isBeforeUpgrade ? .upgrade : KeptBackup.Origin(ofBackup: path), fitness: look.fitness(of: path))
    }
}
