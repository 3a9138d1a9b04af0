// SPDX-License-Identifier: Apache-2.0
package import Foundation

/// When backups are made by themselves, where, and how many are kept.
package struct BackupSchedule: Equatable, Sendable {
    package let folder: String
    /// From one backup to the next.
    package let interval: Duration
    /// How many scheduled backups are kept; as many are kept of those that somebody asked for.
    package let count: Int

    package init(folder: String, interval: Duration, count: Int) {
        self.folder = folder
        self.interval = interval
        self.count = count
    }
}

/// A backup that is kept.
package struct KeptBackup: Equatable, Sendable {
    /// What made it.
    package enum Origin: String, CaseIterable, Sendable {
        case schedule
        /// Somebody who asked for it at the page or by the API.
        case request
        /// `daybook backup`.
        case command
        /// The package, before it installed another version.
        case upgrade
    }

    /// Whether this Daybook could restore it, as far as its first pages tell; all of it was checked when it was made.
    package enum Fitness: String, Sendable {
        case restorable
        /// Of another Daybook, or from before the key was rotated.
        case otherKey = "other-key"
        case newerVersion = "newer-version"
        /// Damaged, or no backup at all.
        case unreadable
    }

    /// The file's name.
    package let name: String
    /// To the second.
    package let madeAt: Date
    package let bytes: Int
    /// Nil for one from before backups said what made them.
    package let origin: Origin?
    package let fitness: Fitness

    package init(name: String, madeAt: Date, bytes: Int, origin: Origin?, fitness: Fitness) {
        self.name = name
        self.madeAt = madeAt
        self.bytes = bytes
        self.origin = origin
        self.fitness = fitness
    }
}

/// All that an administrator sees of backups.
package struct BackupOverview: Equatable, Sendable {
    /// Why a backup could not be made.
    package struct Failure: Codable, Equatable, Sendable {
        package let at: Date
        package let reason: String

        package init(at: Date, reason: String) {
            self.at = at
            self.reason = reason
        }
    }

    /// A restore that somebody asked for, once it was carried out or has failed.
    package struct Restore: Codable, Equatable, Sendable {
        package let backup: String
        /// Who asked for it.
        package let who: String
        package let at: Date
        /// Why the former database is still in place; nil when the backup was restored.
        package let failure: String?
        /// The name that the former database has now; nil when there was none, or nothing was restored.
        package let formerDatabase: String?

        package init(backup: String, who: String, at: Date, failure: String?, formerDatabase: String?) {
            self.backup = backup
            self.who = who
            self.at = at
            self.failure = failure
            self.formerDatabase = formerDatabase
        }
    }

    /// How far Daybook is with what it was asked for.
    package enum Work: Equatable, Sendable {
        case nothing
        /// A backup begins within a second or two.
        case asked
        /// The part that is copied, from 0 to 1; the copy is checked after that.
        case copying(Double)
        /// Daybook is about to start again, to restore this backup.
        case restoring(String)
    }

    /// Nil where no folder for backups is named.
    package let schedule: BackupSchedule?
    /// Where the data key is that the secrets in the backups are sealed under, as the subject of a sentence.
    package let keyPlace: String
    /// The newest first, at most ``most``.
    package let kept: [KeptBackup]
    /// How many there are.
    package let count: Int
    package let work: Work
    /// Nil when the last backup that was tried succeeded.
    package let failure: Failure?
    /// Nil when nobody has asked for a restore.
    package let restore: Restore?

    package static let most = 100

    package init(
        schedule: BackupSchedule?, keyPlace: String, kept: [KeptBackup], count: Int, work: Work, failure: Failure?,
        restore: Restore?
    ) {
        self.schedule = schedule
        self.keyPlace = keyPlace
        self.kept = kept
        self.count = count
        self.work = work
        self.failure = failure
        self.restore = restore
    }
}
