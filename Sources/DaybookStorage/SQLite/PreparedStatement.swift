// SPDX-License-Identifier: Apache-2.0
import GRDB
import GRDBSQLite

/// A statement that SQLite has prepared, run with values and reset afterwards.
///
/// It speaks to SQLite itself: GRDB would make an existential of each parameter and an object of each row.
struct PreparedStatement {
    private let statement: OpaquePointer

    init(_ statement: OpaquePointer) { self.statement = statement }

    func rows(_ values: [SQLValue]) throws -> [SQLRow] {
        try running(with: values) {
            let columns = sqlite3_column_count(statement)
            var rows: [SQLRow] = []
            while try step() { rows.append(SQLRow(try (0..<columns).map(value))) }
            return rows
        }
    }

    /// - Returns: How many rows were changed.
    func run(_ values: [SQLValue]) throws -> Int {
        try running(with: values) {
            while try step() {}
            return Int(sqlite3_changes(sqlite3_db_handle(statement)))
        }
    }

    private func running<Value>(with values: [SQLValue], _ body: () throws -> Value) throws -> Value {
        try checkTransaction()
        // A parameter without a value would keep the one of the statement's last use.
        guard values.count == Int(sqlite3_bind_parameter_count(statement)) else {
            throw DatabaseError(resultCode: .SQLITE_RANGE, message: "a statement with another number of values")
        }
        // A reset only repeats the error of the step before it.
        defer { sqlite3_reset(statement) }
        for (index, value) in values.enumerated() { try bind(value, at: Int32(index + 1)) }
        return try body()
    }

    /// SQLite gives a transaction up by itself when the disk is full; what follows would be committed alone.
    private func checkTransaction() throws {
        guard sqlite3_stmt_readonly(statement) == 0, sqlite3_get_autocommit(sqlite3_db_handle(statement)) != 0 else {
            return
        }
        throw DatabaseError(resultCode: .SQLITE_ABORT, message: "a write outside of a transaction")
    }

    /// - Returns: Whether there is a row.
    private func step() throws -> Bool {
        switch sqlite3_step(statement) {
        case SQLITE_ROW: return true
        case SQLITE_DONE: return false
        default: throw failure()
        }
    }

    private func bind(_ value: SQLValue, at index: Int32) throws {
        let code =
            switch value {
            case .integer(let number): sqlite3_bind_int64(statement, index, number)
            case .text(let text): bind(text, at: index)
            case .bytes(let bytes): bind(bytes, at: index)
            case .null: sqlite3_bind_null(statement, index)
            }
        guard code == SQLITE_OK else { throw failure() }
    }

    private func bind(_ text: String, at index: Int32) -> Int32 {
        var text = text
        return text.withUTF8 { bytes in
            // An empty one may have no address, which would mean null.
            guard !bytes.isEmpty else { return sqlite3_bind_text(statement, index, "", 0, Self.copied) }
            return bytes.withMemoryRebound(to: CChar.self) {
                sqlite3_bind_text64(
                    statement, index, $0.baseAddress, UInt64($0.count), Self.copied, UInt8(SQLITE_UTF8))
            }
        }
    }

    private func bind(_ bytes: [UInt8], at index: Int32) -> Int32 {
        bytes.withUnsafeBytes {
            $0.isEmpty
                ? sqlite3_bind_zeroblob(statement, index, 0)
                : sqlite3_bind_blob64(statement, index, $0.baseAddress, UInt64($0.count), Self.copied)
        }
    }

    private func value(_ column: Int32) throws -> SQLValue {
        switch sqlite3_column_type(statement, column) {
        case SQLITE_INTEGER: return .integer(sqlite3_column_int64(statement, column))
        case SQLITE_TEXT:
            guard let text = sqlite3_column_text(statement, column) else { throw failure() }
            let bytes = UnsafeBufferPointer(start: text, count: Int(sqlite3_column_bytes(statement, column)))
            return .text(String(decoding: bytes, as: UTF8.self))
        case SQLITE_BLOB:
            let bytes = UnsafeRawBufferPointer(
                start: sqlite3_column_blob(statement, column), count: Int(sqlite3_column_bytes(statement, column)))
            return .bytes(Array(bytes))
        case SQLITE_NULL: return .null
        default: throw StoredValueUnreadable(what: "a number has a fraction")
        }
    }

    private func failure() -> DatabaseError {
        let database = sqlite3_db_handle(statement)
        return DatabaseError(
            resultCode: ResultCode(rawValue: sqlite3_extended_errcode(database)),
            message: sqlite3_errmsg(database).map { String(cString: $0) })
    }

    /// SQLite keeps a copy of its own.
    private static let copied = unsafeBitCast(-1, to: sqlite3_destructor_type.self)
}
