// SPDX-License-Identifier: Apache-2.0
import Configuration
import Daybook

extension ConfigurationReading {
    /// The backups that `daybook serve` makes by itself; nil: none.
    mutating func backups() -> BackupSchedule? {
        let hours = number("backupHours", "DAYBOOK_BACKUP_HOURS", 1...8_760, usually: 24)
        let count = number("backupKeep", "DAYBOOK_BACKUP_KEEP", 1...10_000, usually: 14)
        guard let folder = text("backupDir") else { return nil }
        guard folder.hasPrefix("/") else {
            note("DAYBOOK_BACKUP_DIR", folder, "write the folder's whole path", "/var/backups/daybook")
            return nil
        }
        guard let hours, let count else { return nil }
        return BackupSchedule(folder: folder, interval: .seconds(3_600 * hours), count: count)
    }

    mutating func number(_ key: ConfigKey, _ name: String, _ range: ClosedRange<Int>, usually: Int) -> Int? {
        guard let given = text(key) else { return usually }
        guard let number = Int(given), range.contains(number) else {
            note(name, given, "write a whole number, \(range.lowerBound) to \(range.upperBound)", "\(usually)")
            return nil
        }
        return number
    }
}
