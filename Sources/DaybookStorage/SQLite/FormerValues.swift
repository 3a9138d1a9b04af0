// SPDX-License-Identifier: Apache-2.0
import GRDB

/// What an earlier version left readable and a migration has sealed: erased from the file's free pages and from the
/// log.
enum FormerValues {
    /// Writes the file anew and the log back, where that is still to be done.
    ///
    /// A start that is cut off, or whose disk has no room for a second copy of the database, leaves it to the next one.
    static func erase(from database: any DatabaseWriter) throws {
        do {
            try database.writeWithoutTransaction { database in
                guard try Bool.fetchOne(database, sql: "SELECT EXISTS (SELECT 1 FROM unerased_values)") == true else {
                    return
                }
                try database.execute(sql: "VACUUM")
                _ = try database.checkpoint(.truncate)
                try database.execute(sql: "DELETE FROM unerased_values")
            }
        } catch let error as DatabaseError where [.SQLITE_FULL, .SQLITE_BUSY].contains(error.resultCode) {
            return
        }
    }
}
