// SPDX-License-Identifier: Apache-2.0
import Daybook
import Foundation

/// Which exports a restored copy may have sent although the database says that they were not.
enum RestoredCopyRule {
    /// The condition on an export.
    ///
    /// - Parameters:
    ///   - export: The name of the exports in the statement.
    ///   - time: The parameter whose value is ``oldest(at:)``.
    static func mayHaveSent(_ export: String, _ time: String) -> String {
        """
        EXISTS (SELECT 1 FROM restored_copies c
            WHERE (c.connection_id IS NULL OR c.connection_id = \(export).connection_id)
                AND (\(export).serial <= c.last_serial OR c.noticed_at > \(time))
                AND c.serial > COALESCE(\(export).absent_copy, 0))
        """
    }

    /// A copy that was noticed later still looks for what it may have sent.
    static func oldest(at now: Date) -> SQLValue {
        .time(now.addingTimeInterval(-RestoredCopy.lookingPeriod.seconds))
    }
}
