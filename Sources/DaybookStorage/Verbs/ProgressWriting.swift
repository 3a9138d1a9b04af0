// SPDX-License-Identifier: Apache-2.0
import Daybook

/// Moves exports from one progress to the next, with the line of history that says so.
struct ProgressWriting {
    let sql: any SQLConnection

    /// - Parameter requestID: The envelope that the exports are put in; nil when they are put in none.
    /// - Throws: ``ProgressMoved`` for the first export whose progress is not the one that its change begins with.
    func move(_ changes: [ExportChange], of connection: Connection.ID, into requestID: String? = nil) throws {
        let moves = try changes.map { try ProgressMove($0.serial, from: $0.from, to: $0.to) }
        let stored = try storedProgress(moves.map(\.serial), of: connection)
        for move in moves {
            guard let values = stored[move.serial], try move.begins(at: values) else {
                throw ProgressMoved(serial: move.serial)
            }
        }
        try write(moves, into: requestID)
        try note(changes.map { ($0.serial, $0.note) })
    }

    /// Writes only the columns that change, because SQLite also writes every index of a column that is written.
    func write(_ moves: [ProgressMove], into requestID: String? = nil) throws {
        for (changed, moves) in Dictionary(grouping: moves, by: \.changed).sorted(by: { $0.key < $1.key }) {
            let columns = changed.columns + (requestID == nil ? [] : ["latest_request_id"])
            guard !columns.isEmpty else { continue }
            let rows = moves.map { move in
                [.integer(move.serial)] + move.values(of: changed) + (requestID.map { [.text($0)] } ?? [])
            }
            try sql.runEachPiece(of: rows) { Self.update(columns, rows: $0) }
        }
    }

    func note(_ notes: [(serial: Int64, note: ExportNote)]) throws {
        try sql.insert(
            notes.map { NoteRecord.values($0.note, of: $0.serial) },
            into: "export_notes (export_serial, \(NoteRecord.columns))")
        for (serial, note) in notes { sql.audit(AuditChange("export \(serial)", to: note.text)) }
    }

    private func storedProgress(_ serials: [Int64], of connection: Connection.ID) throws -> [Int64: [SQLValue]] {
        let columns = ProgressRecord.columns.joined(separator: ", ")
        let rows = try sql.rows(for: serials) { list in
            "SELECT serial, connection_id, \(columns) FROM exports WHERE serial IN \(list)"
        }
        var found: [Int64: [SQLValue]] = [:]
        for var row in rows {
            let serial = try row.integer()
            guard try row.integer() == connection.value else { continue }
            found[serial] = row.rest()
        }
        return found
    }

    private static func update(_ columns: [String], rows: String) -> String {
        let assignments = columns.map { column in
            ProgressRecord.numbers.contains(column)
                ? "\(column) = CAST(c.\(column) AS BIGINT)" : "\(column) = c.\(column)"
        }
        return """
            WITH c (serial, \(columns.joined(separator: ", "))) AS (VALUES \(rows))
            UPDATE exports SET \(assignments.joined(separator: ", ")) FROM c
            WHERE exports.serial = CAST(c.serial AS BIGINT)
            """
    }
}

/// An export's way from one progress to the next, in columns.
struct ProgressMove {
    let serial: Int64
    let changed: ChangedColumns
    private let from: ExportProgress
    private let fromValues: [SQLValue]
    private let toValues: [SQLValue]

    init(_ serial: Int64, from: ExportProgress, to: ExportProgress) throws {
        self.serial = serial
        self.from = from
        fromValues = try ProgressRecord(from).values
        toValues = try ProgressRecord(to).values
        changed = ChangedColumns(from: fromValues, to: toValues)
    }

    /// Whether what is stored is where it begins.
    func begins(at stored: [SQLValue]) throws -> Bool {
        if stored == fromValues { return true }
        // Another version of Daybook may have written the same in other words.
        var row = SQLRow(stored)
        return try ProgressRecord(reading: &row).progress() == from.asStored()
    }

    func values(of columns: ChangedColumns) -> [SQLValue] { columns.indices.map { toValues[$0] } }
}

/// Which columns of a ``ProgressRecord`` change.
struct ChangedColumns: Hashable, Comparable {
    let indices: [Int]

    init(from: [SQLValue], to: [SQLValue]) { indices = from.indices.filter { from[$0] != to[$0] } }

    var columns: [String] { indices.map { ProgressRecord.columns[$0] } }

    static func < (one: ChangedColumns, other: ChangedColumns) -> Bool {
        one.indices.lexicographicallyPrecedes(other.indices)
    }
}
