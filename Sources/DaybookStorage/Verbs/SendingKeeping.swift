// SPDX-License-Identifier: Apache-2.0
import Daybook
import Foundation

/// A company's sending state, and its look by marker.
struct SendingKeeping {
    let sql: any SQLConnection
    let connection: Connection.ID

    func state() throws -> SendingState {
        let row = try sql.row(
            "SELECT \(SendingStateRecord.columns) FROM sending_states WHERE connection_id = $1",
            [.integer(connection.value)])
        guard var row else { return SendingState() }
        return try SendingStateRecord.read(&row)
    }

    func keep(_ state: SendingState) throws {
        try sql.run(
            """
            INSERT INTO sending_states (connection_id, \(SendingStateRecord.columns))
            VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
            ON CONFLICT (connection_id) DO UPDATE SET phase = excluded.phase, request_id = excluded.request_id,
                since = excluded.since, looks = excluded.looks, envelope_limit = excluded.envelope_limit,
                answered_at = excluded.answered_at, too_large_at = excluded.too_large_at
            """, [.integer(connection.value)] + SendingStateRecord.values(state))
    }

    /// How many documents of an envelope are still in doubt.
    func unsettled(of breaker: CircuitBreaker) throws -> Int {
        guard case .open(let requestID, _) = breaker.phase else { return 0 }
        var row = try sql.row(
            """
            SELECT count(*) FROM envelope_items i JOIN exports e ON e.serial = i.export_serial
            WHERE i.request_id = $1 AND e.state = 'checking' AND e.latest_request_id = i.request_id
            """, [.text(requestID)])
        return try row?.int() ?? 0
    }

    func markerLook() throws -> MarkerLook? {
        let row = try sql.row(
            """
            SELECT document_kind, began_at, span_from, span_through, position, last_id, page_size FROM marker_looks
            WHERE connection_id = $1
            """, [.integer(connection.value)])
        guard var row else { return nil }
        let serials = try sql.rows(
            "SELECT export_serial FROM marker_look_exports WHERE connection_id = $1 ORDER BY export_serial",
            [.integer(connection.value)]
        ).reading { try $0.integer() }
        let sightings = try sql.rows(
            """
            SELECT export_serial, document_id, sync_token FROM marker_look_sightings WHERE connection_id = $1
            ORDER BY export_serial, document_id
            """, [.integer(connection.value)]
        ).reading {
            MarkerLook.Sighting(
                serial: try $0.integer(), documentID: try $0.text(), syncToken: try $0.optionalText())
        }
        let kind = try row.word(DocumentKind.self)
        let began = try row.time()
        let span = CreationSpan(from: try row.time(), through: try row.time())
        return MarkerLook(
            kind, began: began, span: span, position: try row.int(), lastID: try row.optionalText(),
            pageSize: try row.int(), serials: serials, sightings: sightings)
    }

    func change(_ change: MarkerLookChange) throws {
        switch change {
        case .none: break
        case .ended: try end()
        case .to(let look): try keep(look)
        }
    }

    /// Writes only what is new, because a look for many exports has many pages.
    private func keep(_ look: MarkerLook) throws {
        let known = try markerLook()
        try sql.run(
            """
            INSERT INTO marker_looks
                (connection_id, document_kind, began_at, span_from, span_through, position, last_id, page_size)
            VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
            ON CONFLICT (connection_id) DO UPDATE SET document_kind = excluded.document_kind, began_at = excluded.began_at, span_from = excluded.span_from,
                span_through = excluded.span_through, position = excluded.position, last_id = excluded.last_id,
                page_size = excluded.page_size
            """,
            [
                .integer(connection.value), .text(look.kind.rawValue), .time(look.began), .time(look.span.from),
                .time(look.span.through),
                .int(look.position), .optional(look.lastID), .int(look.pageSize),
            ])
        let serials = Set(look.serials).subtracting(known?.serials ?? [])
        try sql.insert(
            serials.sorted().map { [.integer(connection.value), .integer($0)] },
            into: "marker_look_exports (connection_id, export_serial)")
        let sightings = look.sightings.filter { known?.sightings.contains($0) != true }
        try sql.insert(
            sightings.map { sighting in
                [
                    .integer(connection.value), .integer(sighting.serial), .text(sighting.documentID),
                    .optional(sighting.syncToken),
                ]
            }, into: "marker_look_sightings (connection_id, export_serial, document_id, sync_token)")
    }

    private func end() throws {
        try sql.run("DELETE FROM marker_look_sightings WHERE connection_id = $1", [.integer(connection.value)])
        try sql.run("DELETE FROM marker_look_exports WHERE connection_id = $1", [.integer(connection.value)])
        try sql.run("DELETE FROM marker_looks WHERE connection_id = $1", [.integer(connection.value)])
    }
}
