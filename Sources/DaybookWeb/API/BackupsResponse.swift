// SPDX-License-Identifier: Apache-2.0
package import Daybook
package import Foundation

/// Backups, what is under way, and what failed last, in JSON.
package struct BackupsResponse: Codable, Sendable, Equatable {
    package struct Backup: Codable, Sendable, Equatable {
        package let name: String
        package let madeAt: Date
        package let bytes: Int
        /// Nil for one from before backups said what made them.
        package let origin: String?
        package let fitness: String
    }

    package struct Schedule: Codable, Sendable, Equatable {
        package let folder: String
        package let hours: Int
        package let keep: Int
    }

    package struct Work: Codable, Sendable, Equatable {
        /// `none`, `asked`, `copying` or `restoring`.
        package let state: String
        /// From 0 to 1, while copying.
        package let done: Double?
        /// The backup that is restored.
        package let backup: String?
    }

    package struct Failure: Codable, Sendable, Equatable {
        package let at: Date
        package let reason: String
    }

    package struct Restore: Codable, Sendable, Equatable {
        package let backup: String
        package let askedBy: String
        package let at: Date
        /// Why it was not restored; nil when it was.
        package let failure: String?
        package let formerDatabase: String?
    }

    package let backups: [Backup]
    package let count: Int
    /// Nil where no folder for backups is named.
    package let schedule: Schedule?
    package let work: Work
    package let failure: Failure?
    package let restore: Restore?

    package init(_ overview: BackupOverview) {
        backups = overview.kept.map {
            Backup(
                name: $0.name, madeAt: $0.madeAt, bytes: $0.bytes, origin: $0.origin?.rawValue,
                fitness: $0.fitness.rawValue)
        }
        count = overview.count
        schedule = overview.schedule.map {
            Schedule(folder: $0.folder, hours: Int($0.interval.components.seconds / 3_600), keep: $0.count)
        }
        work = Work(overview.work)
        failure = overview.failure.map { Failure(at: $0.at, reason: $0.reason) }
        restore = overview.restore.map {
            Restore(
                backup: $0.backup, askedBy: $0.who, at: $0.at, failure: $0.failure, formerDatabase: $0.formerDatabase)
        }
    }
}

extension BackupsResponse.Work {
    fileprivate init(_ work: BackupOverview.Work) {
        switch work {
        case .nothing: self.init(state: "none", done: nil, backup: nil)
        case .asked: self.init(state: "asked", done: nil, backup: nil)
        case .copying(let part): self.init(state: "copying", done: part, backup: nil)
        case .restoring(let name): self.init(state: "restoring", done: nil, backup: name)
        }
    }
}
