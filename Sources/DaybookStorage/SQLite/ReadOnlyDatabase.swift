// SPDX-License-Identifier: Apache-2.0
import Foundation
import GRDB
import GRDBSQLite

/// A database that is only looked at: not even a file beside it is made.
///
/// GRDB's own read-only connection makes the files of the log where there are none; made by another user, such as root,
/// they would keep Daybook from its database.
final class ReadOnlyDatabase: SQLConnection {
    private let handle: OpaquePointer

    /// - Parameter isAlone: Whether nobody else has it open.
    /// - Throws: ``FileTrouble`` or ``StorageFailure``.
    init(path: String, isAlone: Bool) throws {
        // Without a log nothing of it is elsewhere than in this file, and SQLite needs no file beside it.
        let hasLog = try !isAlone || Self.hasContent(path + "-wal")
        let name = path.addingPercentEncoding(withAllowedCharacters: .urlPathAllowed) ?? path
        var handle: OpaquePointer?
        let flags = SQLITE_OPEN_READONLY | SQLITE_OPEN_URI | SQLITE_OPEN_NOMUTEX
        let code = sqlite3_open_v2("file://\(name)\(hasLog ? "?mode=ro" : "?immutable=1")", &handle, flags, nil)
        guard code == SQLITE_OK, let handle else {
            sqlite3_close(handle)
            throw StorageFailure(DatabaseError(resultCode: ResultCode(rawValue: code)))
        }
        self.handle = handle
        sqlite3_busy_timeout(handle, 5_000)
        _ = try run("PRAGMA query_only = ON", [])
    }

    private static func hasContent(_ path: String) throws -> Bool {
        guard FileManager.default.fileExists(atPath: path) else { return false }
        return try OpenFile(path, .read).size() > 0
    }

    // It was only read, so a failing close loses nothing.
    deinit { sqlite3_close(handle) }

    func rows(_ sql: String, _ values: [SQLValue]) throws -> [SQLRow] {
        try prepared(sql) { try $0.rows(values) }
    }

    func run(_ sql: String, _ values: [SQLValue]) throws -> Int { try prepared(sql) { try $0.run(values) } }

    private func prepared<Value>(_ sql: String, _ body: (PreparedStatement) throws -> Value) throws -> Value {
        try translatingFailures {
            var statement: OpaquePointer?
            guard sqlite3_prepare_v2(handle, sql, -1, &statement, nil) == SQLITE_OK, let statement else {
                throw DatabaseError(resultCode: ResultCode(rawValue: sqlite3_extended_errcode(handle)))
            }
            defer { sqlite3_finalize(statement) }
            return try body(PreparedStatement(statement))
        }
    }
}
