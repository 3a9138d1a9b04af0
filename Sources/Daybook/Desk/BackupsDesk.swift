// SPDX-License-Identifier: Apache-2.0

/// Shows the backups, makes one, hands one out, and restores one.
package struct BackupsDesk: WorkingDesk {
    /// Nil where nothing is stored in a folder.
    let backups: (any Backups)?
    let work: DeskWork

    /// Why the last backup that was tried could not be made; nil when it was.
    package var failure: BackupOverview.Failure? { backups?.failure }

    /// - Throws: ``Desk/Refused`` where nothing is stored in a folder.
    package func list(by actor: Actor) async throws -> BackupOverview {
        try authorize(.manageBackups, actor, needsFresh: false)
        return try await inWords { try await $0.overview() }
    }

    /// Lets a backup be made soon; the list shows how far it is.
    ///
    /// It takes nothing away and hands nothing over, so it needs no fresh sign-in.
    ///
    /// - Throws: ``Desk/Refused`` where no folder for backups is named.
    package func begin(by actor: Actor) async throws {
        try await act(.manageBackups, as: .backUp, needsFresh: false, by: actor) {
            try await inWords { try await $0.ask() }
        }
    }

    /// - Throws: ``Desk/Refused``, or ``BackupsRefused`` when there is no such backup.
    package func handOut(_ name: String, by actor: Actor) async throws -> BackupFile {
        try await act(.manageBackups, as: .downloadBackup, by: actor) {
            try await inWords { try await $0.handOut(name) }
        }
    }

    /// Daybook starts again, and carries the restore out before it opens the database.
    ///
    /// - Throws: ``Desk/Refused`` when the backup can't be restored, or ``BackupsRefused`` when there is none of this
    ///   name; nothing was changed.
    package func restore(_ name: String, by actor: Actor) async throws {
        try await act(.restoreBackup, by: actor) {
            try await inWords { try await $0.restore(name, for: actor.text) }
        }
    }

    private func inWords<Value>(_ body: (any Backups) async throws -> Value) async throws -> Value {
        guard let backups else { throw Desk.Refused("This Daybook keeps nothing, so it has no backups.") }
        do {
            return try await body(backups)
        } catch let refused as BackupsRefused where !refused.isUnknown {
            throw Desk.Refused(refused.description)
        }
    }
}
