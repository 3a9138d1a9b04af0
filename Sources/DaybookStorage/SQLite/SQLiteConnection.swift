// SPDX-License-Identifier: Apache-2.0
import GRDB

/// GRDB's connection as the verbs see it.
///
/// Statements are prepared once and kept. GRDB begins and ends the transactions.
struct SQLiteConnection: SQLConnection {
    let database: Database

    func rows(_ sql: String, _ values: [SQLValue]) throws -> [SQLRow] {
        try PreparedStatement(database.cachedStatement(sql: sql).sqliteStatement).rows(values)
    }

    func run(_ sql: String, _ values: [SQLValue]) throws -> Int {
        try PreparedStatement(database.cachedStatement(sql: sql).sqliteStatement).run(values)
    }
}
