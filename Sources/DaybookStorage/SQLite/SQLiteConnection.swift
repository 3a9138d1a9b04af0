// SPDX-License-Identifier: Apache-2.0
import Foundation
import GRDB

/// GRDB's connection as the verbs see it.
///
/// Statements are prepared once and kept.
struct SQLiteConnection: SQLConnection {
    let database: Database

    func rows(_ sql: String, _ values: [SQLValue]) throws -> [SQLRow] {
        let statement = try database.cachedStatement(sql: sql)
        let cursor = try Row.fetchCursor(statement, arguments: Self.arguments(values))
        var rows: [SQLRow] = []
        while let row = try cursor.next() { rows.append(SQLRow(try row.databaseValues.map(Self.value))) }
        return rows
    }

    func run(_ sql: String, _ values: [SQLValue]) throws -> Int {
        try database.cachedStatement(sql: sql).execute(arguments: Self.arguments(values))
        return database.changesCount
    }

    private static func arguments(_ values: [SQLValue]) -> StatementArguments {
        // By the initialiser for mixed values, because the other one is slower: it uses a key path for each value.
        StatementArguments(values.lazy.map { $0.databaseValue as (any DatabaseValueConvertible)? })
    }

    private static func value(_ stored: DatabaseValue) throws -> SQLValue {
        switch stored.storage {
        case .null: return .null
        case .int64(let value): return .integer(value)
        case .string(let value): return .text(value)
        case .blob(let value): return .bytes([UInt8](value))
        case .double: throw StoredValueUnreadable(what: "a number has a fraction")
        }
    }
}

extension SQLValue {
    fileprivate var databaseValue: DatabaseValue {
        switch self {
        case .integer(let value): value.databaseValue
        case .text(let value): value.databaseValue
        case .bytes(let value): Data(value).databaseValue
        case .null: .null
        }
    }
}
