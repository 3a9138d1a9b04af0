// SPDX-License-Identifier: Apache-2.0
import GRDB

/// The schema's history: numbered, forward only, one file each. A migration that was released is
/// never edited.
enum Migrations {
    static var all: DatabaseMigrator {
        var migrator = DatabaseMigrator()
        for (name, statements) in steps {
            migrator.registerMigration(name) { database in
                for sql in statements { try database.execute(sql: sql) }
            }
        }
        return migrator
    }

    private static let steps: [(name: String, statements: [String])] = [
        ("0001-the-road", TheRoad.statements)
    ]
}
