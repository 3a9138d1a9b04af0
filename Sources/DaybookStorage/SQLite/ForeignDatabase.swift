// SPDX-License-Identifier: Apache-2.0
import Foundation
import GRDB

/// The file where Daybook's database should be is another program's SQLite database.
package struct ForeignDatabase: Error, Equatable, Sendable, CustomStringConvertible {
    /// The file's name.
    package let file: String

    package var description: String {
        """
        \(file) in the data folder is another program's database: none of its tables is Daybook's. It was not changed. \
        Move it to another place, or name another data folder with --data-dir or DAYBOOK_DATA_DIR.
        """
    }

    /// Looks into a file before anything is written to it.
    ///
    /// - Parameter isAlone: Whether nobody else has it open.
    /// - Throws: ``ForeignDatabase`` when it holds tables, and Daybook's first migration never ran there.
    static func refuse(_ path: String, isAlone: Bool = true) throws {
        guard FileManager.default.fileExists(atPath: path), try OpenFile(path, .read).size() > 0 else { return }
        let queue = try DatabaseQueue.onlyReading(path, isAlone: isAlone)
        defer { try? queue.close() }  // it was only read, so a failing close loses nothing
        let isForeign = try queue.read { database in
            let tables = try String.fetchAll(
                database, sql: "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'")
            // A first start that was cut off may leave only the table of migrations.
            guard tables.contains(where: { $0 != migrations }) else { return false }
            guard tables.contains(migrations) else { return true }
            let first = try String.fetchOne(
                database, sql: "SELECT identifier FROM \(migrations) WHERE identifier = ?",
                arguments: [Migrations.first])
            return first == nil
        }
        if isForeign { throw ForeignDatabase(file: URL(fileURLWithPath: path).lastPathComponent) }
    }

    /// GRDB's table of the migrations that have run.
    private static let migrations = "grdb_migrations"
}
