// SPDX-License-Identifier: Apache-2.0
import Daybook
import Foundation

/// What somebody is asked before a backup takes the place of the data.
struct RestoreView {
    let name: String
    let made: String
    let size: String
    /// The backup's age, such as `3 hours`, or `hour` for one; what was done in that time is lost.
    let age: String
    let address: String

    init(_ kept: KeptBackup, now: Date, shown: ShownText) {
        name = kept.name
        made = shown.time(kept.madeAt)
        size = kept.size
        age = Self.words(max(0, now.timeIntervalSince(kept.madeAt)))
        address = "\(BackupPages.address)/\(kept.name)/restore"
    }

    private static func words(_ seconds: TimeInterval) -> String {
        let minutes = Int(seconds / 60)
        if minutes < 60 { return several(minutes, "minute") }
        return minutes < 2_880 ? several(minutes / 60, "hour") : several(minutes / 1_440, "day")
    }

    private static func several(_ number: Int, _ unit: String) -> String {
        number > 1 ? counted(number, unit) : unit
    }
}

/// The page that waits until Daybook has started again.
struct RestartingView {
    let name: String
}
