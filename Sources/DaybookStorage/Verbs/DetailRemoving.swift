// SPDX-License-Identifier: Apache-2.0
package import Daybook
package import Foundation

extension RelationalStorage {
    package func removeDetails(before: Date, most: Int, at: Date) async throws -> RemovedDetails {
        let isDue = try await read { try DetailRemoving(sql: $0, before: before, most: most).isDue() }
        guard isDue else { return RemovedDetails(bodies: 0, notes: 0, isFull: false) }
        return try await write { try DetailRemoving(sql: $0, before: before, most: most).run(at: at) }
    }
}

private struct DetailRemoving {
    let sql: any SQLConnection
    let before: Date
    let most: Int

    /// Whether there is anything to remove; if not, nothing is written.
    func isDue() throws -> Bool { try !requestIDs(limit: 1).isEmpty || !oldNotes(after: examined(), limit: 1).isEmpty }

    func run(at: Date) throws -> RemovedDetails {
        let requestIDs = try requestIDs(limit: most)
        try sql.runEachPiece(of: requestIDs.map { [.text($0)] }) { list in
            """
            UPDATE envelopes SET body = \(Self.empty), body_removed_at = \(at.milliseconds)
            WHERE request_id IN (\(list))
            """
        }
        let start = try examined()
        let notes = try oldNotes(after: start, limit: most)
        let removed = try notes.last.map { try remove(from: start, through: $0) } ?? 0
        return RemovedDetails(
            bodies: requestIDs.count, notes: removed, isFull: requestIDs.count == most || notes.count == most)
    }

    private func requestIDs(limit: Int) throws -> [String] {
        try sql.rows(
            """
            SELECT v.request_id FROM envelopes v
            WHERE v.phase = 'closed' AND v.body_removed_at IS NULL AND v.prepared_at < $1 AND NOT EXISTS (
                SELECT 1 FROM envelope_items i JOIN exports e ON e.serial = i.export_serial
                WHERE i.request_id = v.request_id AND e.state IN ('exporting', 'checking'))
            ORDER BY v.prepared_at LIMIT $2
            """, [.time(before), .int(limit)]
        ).reading { try $0.text() }
    }

    /// The serials of the next notes that are old enough, up to the first that is not.
    private func oldNotes(after serial: Int64, limit: Int) throws -> [Int64] {
        let rows = try sql.rows(
            "SELECT serial, at FROM export_notes WHERE serial > $1 ORDER BY serial LIMIT $2",
            [.integer(serial), .int(limit)])
        let notes = try rows.reading { (serial: try $0.integer(), at: try $0.time()) }
        return notes.prefix { $0.at < before }.map(\.serial)
    }

    private func remove(from start: Int64, through end: Int64) throws -> Int {
        let removed = try sql.run(
            """
            DELETE FROM export_notes WHERE serial > $1 AND serial <= $2
                AND EXISTS (SELECT 1 FROM exports e
                    WHERE e.serial = export_notes.export_serial AND e.state = 'exported')
                AND EXISTS (SELECT 1 FROM export_notes n
                    WHERE n.export_serial = export_notes.export_serial AND n.serial < export_notes.serial)
                AND EXISTS (SELECT 1 FROM export_notes n
                    WHERE n.export_serial = export_notes.export_serial AND n.serial > export_notes.serial)
            """, [.integer(start), .integer(end)])
        try sql.run("UPDATE note_retention SET serial = $1 WHERE id = 1", [.integer(end)])
        return removed
    }

    private func examined() throws -> Int64 {
        var row = try sql.row("SELECT serial FROM note_retention WHERE id = 1")
        return try row?.integer() ?? 0
    }

    private static let empty = "x''"
}
