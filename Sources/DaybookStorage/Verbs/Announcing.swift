// SPDX-License-Identifier: Apache-2.0
package import Daybook
package import Foundation

extension RelationalStorage {
    package func warnings(of connection: Connection.ID) async throws -> ConnectionWarnings {
        try await read { try $0.warnings(of: connection) }
    }

    package func secondCopySeen(on connection: Connection.ID, since: Date) async throws -> Date? {
        try await read { sql in
            var row = try sql.row(
                """
                SELECT max(at) FROM connection_notes
                WHERE connection_id = $1 AND at >= $2 AND kind = 'warned' AND serial > COALESCE(
                    (SELECT max(serial) FROM connection_notes
                     WHERE connection_id = $1 AND at >= $2 AND kind = 'connected'), 0)
                """, [.integer(connection.value), .time(since)])
            return try row?.optionalTime()
        }
    }

    package func hasErrors(of connection: Connection.ID, unchangedSince since: Date) async throws -> Bool {
        try await read { sql in
            try sql.row(
                """
                SELECT 1 FROM exports e WHERE e.connection_id = $1 AND e.state = 'error'
                    AND NOT EXISTS (SELECT 1 FROM export_notes n WHERE n.export_serial = e.serial AND n.at > $2)
                LIMIT 1
                """, [.integer(connection.value), .time(since)]) != nil
        }
    }

    package func announce(
        _ announcements: [Announcement], keeping warnings: ConnectionWarnings, insteadOf before: ConnectionWarnings,
        on connection: Connection.ID
    ) async throws -> Bool {
        let sealer = sealer
        return try await write { sql in
            guard try sql.warnings(of: connection) == before else { return false }
            try sql.run(
                """
                INSERT INTO connection_warnings (connection_id, told) VALUES ($1, $2)
                ON CONFLICT (connection_id) DO UPDATE SET told = excluded.told
                """, [.integer(connection.value), .text(try WarningsText.text(of: warnings))])
            for announcement in announcements {
                try sql.insert(announcement, sealer)
                try sql.run(
                    """
                    INSERT INTO deliveries (id, announcement_id, notifier_id, state, next_at)
                    SELECT $1 || '-' || n.id, $1, n.id, 'waiting', $2 FROM notifiers n
                    WHERE n.removed_at IS NULL ORDER BY n.id
                    """, [.text(announcement.id.text), .time(announcement.at)])
            }
            return true
        }
    }
}

extension SQLConnection {
    fileprivate func warnings(of connection: Connection.ID) throws -> ConnectionWarnings {
        let found = try row(
            "SELECT told FROM connection_warnings WHERE connection_id = $1", [.integer(connection.value)])
        guard var row = found else { return ConnectionWarnings() }
        return try WarningsText.warnings(in: try row.text())
    }

    func insert(_ announcement: Announcement, _ sealer: Sealer) throws {
        let realmID = announcement.company?.realmID
        let company = try realmID.map { try CompanyKeeping(sealer: sealer).number(of: $0, self) }
        let places = (1...AnnouncementRecord.names.count).map { "$\($0)" }.joined(separator: ", ")
        try run(
            "INSERT INTO announcements (\(AnnouncementRecord.names.joined(separator: ", "))) VALUES (\(places))",
            AnnouncementRecord.values(announcement, company: company))
    }
}

/// The warnings that people were told of, as JSON.
private enum WarningsText {
    static func text(of warnings: ConnectionWarnings) throws -> String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = .sortedKeys
        return String(decoding: try encoder.encode(warnings), as: UTF8.self)
    }

    static func warnings(in text: String) throws -> ConnectionWarnings {
        do {
            return try JSONDecoder().decode(ConnectionWarnings.self, from: Data(text.utf8))
        } catch {
            throw StoredValueUnreadable(what: "what people were warned of can't be read")
        }
    }
}
