// SPDX-License-Identifier: Apache-2.0
import Daybook

/// Moves exports from one progress to the next, with the line of history that says so.
struct ProgressWriting {
    let sql: any SQLConnection

    /// - Throws: ``ProgressMoved`` for the first export whose progress is not the one that its change begins with.
    func move(_ changes: [ExportChange], of connection: Connection.ID) throws {
        let stored = try currentProgress(changes.map(\.serial), of: connection)
        for change in changes {
            guard let progress = stored[change.serial], try progress == change.from.asStored() else {
                throw ProgressMoved(serial: change.serial)
            }
        }
        try write(changes.map { ($0.serial, $0.to) })
        try note(changes.map { ($0.serial, $0.note) })
    }

    func write(_ progress: [(serial: Int64, to: ExportProgress)]) throws {
        try sql.runEachPiece(of: progress.map { [.integer($0.serial)] + (try ProgressRecord($0.to)).values }) { rows in
            """
            WITH c (serial, \(ProgressRecord.columns.joined(separator: ", "))) AS (VALUES \(rows))
            UPDATE exports SET \(Self.assignments) FROM c WHERE exports.serial = CAST(c.serial AS BIGINT)
            """
        }
    }

    func note(_ notes: [(serial: Int64, note: ExportNote)]) throws {
        try sql.insert(
            notes.map { NoteRecord.values($0.note, of: $0.serial) },
            into: "export_notes (export_serial, \(NoteRecord.columns))")
    }

    private func currentProgress(
        _ serials: [Int64], of connection: Connection.ID
    ) throws -> [Int64: ExportProgress] {
        let columns = ProgressRecord.columns.joined(separator: ", ")
        let rows = try sql.rows(for: serials) { list in
            "SELECT serial, connection_id, \(columns) FROM exports WHERE serial IN \(list)"
        }
        var found: [Int64: ExportProgress] = [:]
        for var row in rows {
            let serial = try row.integer()
            guard try row.integer() == connection.value else { continue }
            found[serial] = try ProgressRecord(reading: &row).progress()
        }
        return found
    }

    private static let assignments = ProgressRecord.columns.map { column in
        ProgressRecord.numbers.contains(column)
            ? "\(column) = CAST(c.\(column) AS BIGINT)" : "\(column) = c.\(column)"
    }.joined(separator: ", ")
}
