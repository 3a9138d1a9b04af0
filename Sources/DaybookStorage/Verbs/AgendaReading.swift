// SPDX-License-Identifier: Apache-2.0
package import Daybook
package import Foundation

extension RelationalStorage {
    package func agenda(
        for connection: Connection.ID, now: Date, longestLookWait: Duration, limit: Int
    ) async throws -> Agenda {
        let record = EnvelopeRecord(sealer: sealer)
        return try await read {
            try AgendaReading(
                sql: $0, record: record, connection: connection, now: now,
                latestLook: now.addingTimeInterval(longestLookWait.seconds), limit: limit
            ).run()
        }
    }

    package func sendingState(of connection: Connection.ID) async throws -> SendingState {
        try await read { try SendingKeeping(sql: $0, connection: connection).state() }
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

/// Every query uses a partial index, so that finished exports cost nothing.
private struct AgendaReading {
    let sql: any SQLConnection
    let record: EnvelopeRecord
    let connection: Connection.ID
    let now: Date
    let latestLook: Date
    let limit: Int

    func run() throws -> Agenda {
        let id = SQLValue.integer(connection.value)
        let interrupted = try openEnvelopes("AND v.phase = 'sending'", [id])
        let ready = try openEnvelopes("AND v.phase = 'ready'", [id], limit: 1)
        let keeping = SendingKeeping(sql: sql, connection: connection)
        let sending = try keeping.state()
        return Agenda(
            interrupted: interrupted, ready: ready.first, dueLooks: try dueLooks(), nextLook: try nextLook(),
            pending: try pending(sending), suspects: try suspects(sending), sending: sending,
            unsettled: try keeping.unsettled(of: sending.breaker),
            markerLook: try keeping.markerLook(), sought: try sought())
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
            let envelope = try record.read(&row, items: items)
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

    /// With the moment from which on a look has to read: an envelope from before the latest proof of absence is
    /// settled.
    ///
    /// The latest envelope counts whatever its time says, because the clock may have been put back since.
    private func dueLooks() throws -> [DueLook] {
        let rows = try sql.rows(
            """
            SELECT \(ExportRecord.columns),
                COALESCE((SELECT min(v.prepared_at) FROM envelope_items i
                    JOIN envelopes v ON v.request_id = i.request_id WHERE i.export_serial = e.serial
                        AND (e.absent_at IS NULL OR v.prepared_at >= e.absent_at OR v.request_id = e.latest_request_id)),
                    e.created_at),
                (SELECT min(u.created_since) FROM unknown_documents u
                    WHERE u.export_id = e.id AND u.connection_id = e.connection_id),
                e.latest_request_id
            FROM exports e WHERE e.connection_id = $1 AND e.state = 'checking' AND \(Self.isDue)
                AND \(Self.isInNoMarkerLook)
            ORDER BY e.look_at, e.serial LIMIT $4
            """, [.integer(connection.value), .time(now), .time(latestLook), .int(limit)])
        guard !rows.isEmpty else { return [] }
        let copies = try sql.restoredCopies(of: connection)
        return try rows.reading { row in
            let export = try ExportRecord.read(&row)
            let known = min(try row.time(), try row.optionalTime() ?? .distantFuture)
            return DueLook(
                export: export, firstSentAt: firstSentAt(known, export, copies), requestID: try row.optionalText())
        }
    }

    /// When a document of the export may have been sent first: a restored copy may lack a sending that is earlier than
    /// all that it knows of.
    private func firstSentAt(_ known: Date, _ export: Export, _ copies: [RestoredCopy]) -> Date {
        guard case .checking(let doubt) = export.progress.state, doubt.copy != nil else { return known }
        return copies.filter { $0.requiresLook(for: export, at: now) }.map(\.documentsSince).reduce(known, min)
    }

    private func sought() throws -> [Export] {
        try sql.rows(
            """
            SELECT \(ExportRecord.columns) FROM marker_look_exports m JOIN exports e ON e.serial = m.export_serial
            WHERE m.connection_id = $1 AND e.connection_id = $1 AND e.state = 'checking' ORDER BY e.serial
            """, [.integer(connection.value)]
        ).reading { try ExportRecord.read(&$0) }
    }

    private func nextLook() throws -> Date? {
        var row = try sql.row(
            """
            SELECT min(e.look_at) FROM exports e WHERE e.connection_id = $1 AND e.state = 'checking'
                AND e.look_at > $2 AND e.look_at <= $3 AND \(Self.isInNoMarkerLook)
            """, [.integer(connection.value), .time(now), .time(latestLook)])
        return try row?.optionalTime()
    }

    /// A look that is further ahead than any look can be was set before the clock was put back, and is due.
    private static let isDue = "(e.look_at <= $2 OR e.look_at > $3)"

    private static let isInNoMarkerLook =
        "NOT EXISTS (SELECT 1 FROM marker_look_exports m WHERE m.connection_id = $1 AND m.export_serial = e.serial)"

    /// Suspects are read apart, so that they take no other document's place.
    private func pending(_ sending: SendingState) throws -> [PostingUnit] {
        try pending("NOT \(Self.isSuspect)", sending, order: "e.serial", limit: limit)
    }

    /// One goes out at a time; a second one tells whether it is the last.
    ///
    /// Those of a 413 come first, because their answer comes at once; then the one whose latest attempt is longest ago.
    private func suspects(_ sending: SendingState) throws -> [PostingUnit] {
        try pending(
            """
            (e.too_large_since IS NOT NULL OR e.unanswered > 0) AND \(Self.isSuspect)
            """, sending, order: "e.too_large_since IS NULL, e.too_large_since, e.unanswered_at, e.serial", limit: 2)
    }

    /// As `ExportAttempts.isSuspect(companyAnswered:)` has it.
    private static let isSuspect = """
        (e.unanswered >= $2 OR (e.too_large_since IS NOT NULL AND (e.too_large_rounds > 0 OR e.too_large_since >= $3)))
        """

    /// Whether all that it depends on is exported.
    private static let hasItsTurn = """
        NOT EXISTS (SELECT 1 FROM export_dependencies d JOIN exports b ON b.serial = d.depends_on
            WHERE d.export_serial = e.serial AND b.state NOT IN ('exported', 'withdrawn', 'nothing-to-post'))
        """

    private func pending(
        _ condition: String, _ sending: SendingState, order: String, limit: Int
    ) throws -> [PostingUnit] {
        let rows = try sql.rows(
            """
            SELECT \(ExportRecord.columns), \(OperationRecord.columnsOfExports), e.note FROM exports e
            WHERE e.connection_id = $1 AND e.state = 'pending' AND \(condition)
                AND (e.operation = 'create' OR e.target_id IS NOT NULL) AND \(Self.hasItsTurn)
            ORDER BY \(order) LIMIT $4
            """,
            [
                .integer(connection.value), .int(ExportAttempts.suspectFrom),
                .time(sending.answeredAt ?? .distantPast), .int(limit),
            ])
        let exports = try rows.reading {
            (export: try ExportRecord.read(&$0), operation: try OperationRecord.read(&$0), note: try $0.text())
        }
        let legs = try sql.legs(of: exports.map(\.export.serial))
        return exports.map { export, operation, note in
            PostingUnit(export: export, operation: operation, legs: legs[export.serial] ?? [], note: note)
        }
    }
}

extension SQLConnection {
    /// Entry lines by export, in the order of their transactions.
    func legs(of exports: [Int64]) throws -> [Int64: [Leg]] {
        let rows = try rows(for: exports) { list in
            """
            SELECT l.export_serial, \(LegRecord.columns)
            FROM entry_lines l JOIN exports e ON e.serial = l.export_serial
            WHERE l.export_serial IN \(list) ORDER BY l.export_serial, l.transaction_serial, l.position
            """
        }
        var legs: [Int64: [Leg]] = [:]
        for var row in rows { legs[try row.integer(), default: []].append(try LegRecord.read(&row)) }
        return legs
    }
}
