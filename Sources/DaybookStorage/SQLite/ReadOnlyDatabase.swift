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
        let name = try Self.name(of: path, isAlone: isAlone)
        var handle: OpaquePointer?
        let flags = SQLITE_OPEN_READONLY | SQLITE_OPEN_URI | SQLITE_OPEN_NOMUTEX
        let code = sqlite3_open_v2(name, &handle, flags, nil)
        guard code == SQLITE_OK, let handle else {
            sqlite3_close(handle)
            throw StorageFailure(DatabaseError(resultCode: ResultCode(rawValue: code)))
        }
        self.handle = handle
        sqlite3_busy_timeout(handle, 5_000)
        _ = try run("PRAGMA query_only = ON", [])
    }

    /// The name under which SQLite opens a database without making a file beside it.
    fileprivate static func name(of path: String, isAlone: Bool) throws -> String {
        // Without a log nothing of it is elsewhere than in this file, and SQLite needs no file beside it.
        let hasLog = try !isAlone || hasContent(path + "-wal")
        let path = URL(fileURLWithPath: path).path
        let name = path.addingPercentEncoding(withAllowedCharacters: .urlPathAllowed) ?? path
        return "file://\(name)\(hasLog ? "?mode=ro" : "?immutable=1")"
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

    func hasTable(_ name: String) throws -> Bool {
        try row("SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = ?", [.text(name)]) != nil
    }

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

extension DatabaseQueue {
    /// GRDB's connection to a database that is only looked at: not even a file beside it is made.
    ///
    /// - Parameter isAlone: Whether nobody else has it open.
    /// - Throws: ``FileTrouble``, or the database's own error.
    static func onlyReading(
        _ path: String, isAlone: Bool, _ configuration: Configuration = Configuration()
    ) throws -> DatabaseQueue {
        var configuration = configuration
        configuration.readonly = true
        return try DatabaseQueue(
            path: ReadOnlyDatabase.name(of: path, isAlone: isAlone), configuration: configuration)
    }
}
