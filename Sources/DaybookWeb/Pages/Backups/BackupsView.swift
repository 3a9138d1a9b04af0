// SPDX-License-Identifier: Apache-2.0
import Daybook
import Foundation

/// The page Backups.
struct BackupsView {
    struct Row {
        let name: String
        let made: String
        let size: String
        let origin: String
        /// What is wrong with it, or that it was checked.
        let standing: String
        let tone: String
        let download: String
        /// Nil for one that can't be restored here.
        let restore: String?
    }

    struct Schedule {
        let folder: String
        let often: String
        let count: String
    }

    struct Outcome {
        let words: String
        let isGood: Bool
        let former: String?
    }

    let rows: [Row]
    let hasRows: Bool
    /// That there are more than the page shows; nil when there are not.
    let more: String?
    let schedule: Schedule?
    let keyPlace: String
    let failure: String?
    let restored: Outcome?
    /// What is under way, in words; nil when nothing is.
    let work: String?
    /// For a bar: from 0 to 100; nil where it is not known.
    let percent: Int?

    init(_ overview: BackupOverview, shown: ShownText) {
        rows = overview.kept.map { Row($0, shown) }
        hasRows = !rows.isEmpty
        more =
            overview.count > rows.count
            ? "The latest \(rows.count) of \(overview.count); the others are in the folder." : nil
        schedule = overview.schedule.map(Schedule.init)
        keyPlace = overview.keyPlace
        failure = overview.failure.map { Self.words($0, shown) }
        restored = overview.restore.map { Outcome($0, shown) }
        (work, percent) =
            switch overview.work {
            case .nothing: (nil, nil)
            case .asked: ("A backup begins in a moment.", nil)
            case .copying(let part) where part < 1: ("Backing up: \(Int(part * 100)) %", Int(part * 100))
            case .copying: ("Backing up: the copy is being checked.", 100)
            case .restoring(let name): ("Daybook is about to start again, to restore \(name).", nil)
            }
    }

    /// That a backup failed, why, and what happens next.
    static func words(_ failure: BackupOverview.Failure, _ shown: ShownText) -> String {
        """
        The last backup could not be made (\(shown.time(failure.at))): \(failure.reason) Daybook tries again every hour; \
        once that is mended, press Back up now on the page Backups.
        """
    }
}

extension BackupsView.Row {
    fileprivate init(_ kept: KeptBackup, _ shown: ShownText) {
        name = kept.name
        made = shown.time(kept.madeAt)
        size = kept.size
        origin = kept.origin?.words ?? "not known"
        (standing, tone) = kept.fitness.words
        download = "\(BackupPages.address)/\(kept.name)"
        restore = kept.fitness == .restorable ? "\(BackupPages.address)/\(kept.name)/restore" : nil
    }
}

extension BackupsView.Schedule {
    fileprivate init(_ schedule: BackupSchedule) {
        folder = schedule.folder
        let hours = Int(schedule.interval.components.seconds / 3_600)
        often = hours == 24 ? "once a day" : hours == 1 ? "every hour" : "every \(hours) hours"
        count = "\(schedule.count)"
    }
}

extension BackupsView.Outcome {
    fileprivate init(_ restore: BackupOverview.Restore, _ shown: ShownText) {
        isGood = restore.failure == nil
        former = restore.formerDatabase
        words =
            if let failure = restore.failure {
                """
                \(restore.backup) was not restored (\(shown.time(restore.at)), \(restore.who) asked for it); the data is as it \
                was. \(failure)
                """
            } else {
                "\(restore.backup) was restored (\(shown.time(restore.at)), \(restore.who) asked for it)."
            }
    }
}

extension KeptBackup {
    /// `12.4 MB`.
    var size: String {
        let tenths = (bytes * 10 + 500_000) / 1_000_000
        return bytes < 1_000_000 ? "\((bytes + 999) / 1_000) kB" : "\(tenths / 10).\(tenths % 10) MB"
    }
}

extension KeptBackup.Origin {
    var words: String {
        switch self {
        case .schedule: "the schedule"
        case .request: "somebody who asked"
        case .command: "a command"
        case .upgrade: "the package, before an upgrade"
        }
    }
}

extension KeptBackup.Fitness {
    fileprivate var words: (String, String) {
        switch self {
        case .restorable: ("checked when it was made", "good")
        case .otherKey:
            ("sealed under another key: of another Daybook, or from before the key was rotated; see below", "warn")
        case .newerVersion: ("made by a newer version of Daybook; install that one to restore it", "warn")
        case .unreadable: ("damaged, or no backup; use another one", "bad")
        }
    }
}
