// SPDX-License-Identifier: Apache-2.0
package import Daybook
package import Foundation

extension RelationalStorage {
    package func agenda(for connection: Connection.ID, now: Date, limit: Int) async throws -> Agenda {
        try await read { try AgendaReading(sql: $0, connection: connection, now: now, limit: limit).run() }
    }

    package func sendTimes(for connection: Connection.ID, since: Date) async throws -> [Date] {
        try await read { sql in
            let rows = try sql.rows(
                "SELECT sent_at FROM sendings WHERE connection_id = $1 AND sent_at >= $2 ORDER BY sent_at",
                [.integer(connection.value), .time(since)])
            return try rows.reading { try $0.time() }
        }
    }
}

/// Every query goes by a partial index, so that finished exports cost nothing.
private struct AgendaReading {
    let sql: any SQLConnection
    let connection: Connection.ID
    let now: Date
    let limit: Int

    func run() throws -> Agenda {
        let id = SQLValue.integer(connection.value)
        let interrupted = try openEnvelopes("AND v.phase = 'sending'", [id])
        let ready = try openEnvelopes("AND v.phase = 'ready'", [id], limit: 1)
        return Agenda(
            interrupted: interrupted, ready: ready.first, dueLooks: try dueLooks(), nextLook: try nextLook(),
            pending: try pending())
    }

    private func openEnvelopes(
        _ condition: String, _ values: [SQLValue], limit: Int? = nil
    ) throws -> [OpenEnvelope] {
        let rows = try sql.rows(
            """
            SELECT \(EnvelopeRecord.columns) FROM envelopes v
            WHERE v.connection_id = $1 AND v.phase <> 'closed' \(condition)
            ORDER BY v.prepared_at, v.request_id \(limit.map { "LIMIT \($0)" } ?? "")
            """, values)
        return try rows.reading { row in
            let envelope = try EnvelopeRecord.read(&row, items: items)
            return OpenEnvelope(envelope: envelope, exports: try exportsStill(in: envelope.requestID))
        }
    }

    private func items(of requestID: String) throws -> [Envelope.Item] {
        try sql.rows(
            """
            SELECT \(EnvelopeRecord.itemColumns) FROM envelope_items i WHERE i.request_id = $1 ORDER BY i.position
            """, [.text(requestID)]
        ).reading { try EnvelopeRecord.readItem(&$0) }
    }

    private func exportsStill(in requestID: String) throws -> [Export] {
        try sql.rows(
            """
            SELECT \(ExportRecord.columns) FROM envelope_items i JOIN exports e ON e.serial = i.export_serial
            WHERE i.request_id = $1 AND e.state = 'exporting' AND e.latest_request_id = i.request_id
            ORDER BY e.serial
            """, [.text(requestID)]
        ).reading { try ExportRecord.read(&$0) }
    }

    private func dueLooks() throws -> [DueLook] {
        let rows = try sql.rows(
            """
            SELECT \(ExportRecord.columns),
                COALESCE((SELECT min(v.prepared_at) FROM envelope_items i
                    JOIN envelopes v ON v.request_id = i.request_id WHERE i.export_serial = e.serial), e.created_at)
            FROM exports e WHERE e.connection_id = $1 AND e.state = 'checking' AND e.look_at <= $2
            ORDER BY e.look_at, e.serial LIMIT $3
            """, [.integer(connection.value), .time(now), .int(limit)])
        guard !rows.isEmpty else { return [] }
        let copy = try sql.restoredCopy(of: connection)
        return try rows.reading { row in
            let export = try ExportRecord.read(&row)
            return DueLook(export: export, firstSentAt: try Self.firstSentAt(row.time(), export, copy))
        }
    }

    /// What a restored copy does not know may have been sent before all that it knows of.
    private static func firstSentAt(_ known: Date, _ export: Export, _ copy: RestoredCopy?) -> Date {
        guard let copy, case .checking(let doubt) = export.progress.state, doubt.since >= copy.noticedAt else {
            return known
        }
        return min(known, copy.documentsSince)
    }

    private func nextLook() throws -> Date? {
        var row = try sql.row(
            """
            SELECT min(look_at) FROM exports WHERE connection_id = $1 AND state = 'checking' AND look_at > $2
            """, [.integer(connection.value), .time(now)])
        return try row?.optionalTime()
    }

    private func pending() throws -> [PostingUnit] {
        let rows = try sql.rows(
            """
            SELECT \(ExportRecord.columns), e.note FROM exports e
            WHERE e.connection_id = $1 AND e.state = 'pending' ORDER BY e.serial LIMIT $2
            """, [.integer(connection.value), .int(limit)])
        let exports = try rows.reading { (export: try ExportRecord.read(&$0), note: try $0.text()) }
        let lines = try sql.lines(of: exports.map(\.export.serial))
        return exports.map { PostingUnit(export: $0, lines: lines[$0.serial] ?? [], note: $1) }
    }
}

extension SQLConnection {
    /// Entry lines by export, in the order of their transactions.
    func lines(of exports: [Int64]) throws -> [Int64: [EntryLine]] {
        let rows = try rows(for: exports) { list in
            """
            SELECT l.export_serial, \(EntryLineRecord.columns)
            FROM entry_lines l JOIN exports e ON e.serial = l.export_serial
            WHERE l.export_serial IN \(list) ORDER BY l.export_serial, l.transaction_serial, l.position
            """
        }
        var lines: [Int64: [EntryLine]] = [:]
        for var row in rows { lines[try row.integer(), default: []].append(try EntryLineRecord.read(&row)) }
        return lines
    }
}
