// SPDX-License-Identifier: Apache-2.0
package import Daybook
package import Foundation

extension RelationalStorage {
    package func begin(
        _ person: Person.ID, digest: SecretDigest, source: String, browser: String, at: Date
    ) async throws -> Session {
        try await write { sql in
            try sql.removeOverSessions(at: at)
            let answer = try sql.row(
                """
                INSERT INTO sessions (person_id, digest, started_at, signed_in_at, last_used_at, source, browser)
                VALUES ($1, $2, $3, $3, $3, $4, $5) RETURNING serial
                """,
                [.integer(person.value), .bytes(digest.bytes), .time(at), .text(source), .text(browser)])
            guard var row = answer else { throw StoredValueUnreadable(what: "a session has no number") }
            try sql.run(
                "UPDATE people SET last_sign_in_at = $1 WHERE id = $2", [.time(at), .integer(person.value)])
            let serial = try row.integer()
            sql.audit(AuditChange("session \(serial)", to: "begun"))
            return Session(
                serial: serial, person: person, digest: digest, startedAt: at, signedInAt: at,
                lastUsedAt: at, source: source, browser: browser)
        }
    }

    package func session(_ digest: SecretDigest, at: Date) async throws -> (session: Session, person: Person)? {
        try await read { sql in
            let found = try sql.row(
                """
                SELECT \(SessionRecord.columns), \(PersonRecord.columns)
                FROM sessions s JOIN people p ON p.id = s.person_id WHERE s.digest = $1 AND p.is_enabled = 1
                """, [.bytes(digest.bytes)])
            guard var row = found else { return nil }
            let session = try SessionRecord.read(&row)
            guard !session.isOver(at: at) else { return nil }
            var person = try PersonRecord.read(&row)
            person.roles = try sql.roles(of: person.id)
            return (session, person)
        }
    }

    package func noteUse(ofSession serial: Int64, at: Date) async throws {
        try await noteUse(in: "sessions", serial, at: at)
    }

    package func refresh(_ serial: Int64, digest: SecretDigest, at: Date) async throws {
        try await write { sql in
            try sql.run(
                "UPDATE sessions SET digest = $1, signed_in_at = $2, last_used_at = $2 WHERE serial = $3",
                [.bytes(digest.bytes), .time(at), .integer(serial)])
            sql.audit(AuditChange("session \(serial)", to: "proven again"))
        }
    }

    package func sessions(of person: Person.ID?, at: Date) async throws -> [Session] {
        try await read { sql in
            try sql.rows(
                """
                SELECT \(SessionRecord.columns) FROM sessions s JOIN people p ON p.id = s.person_id
                WHERE p.is_enabled = 1 \(person == nil ? "" : "AND s.person_id = $1")
                ORDER BY s.last_used_at DESC, s.serial DESC
                """, person.map { [.integer($0.value)] } ?? []
            ).reading(SessionRecord.read).filter { !$0.isOver(at: at) }
        }
    }

    package func end(session serial: Int64) async throws {
        try await write { sql in
            let ended = try sql.run("DELETE FROM sessions WHERE serial = $1", [.integer(serial)])
            if ended > 0 { sql.audit(AuditChange("session \(serial)", to: "ended")) }
        }
    }

    package func endSessions(of person: Person.ID, keeping serial: Int64?) async throws {
        try await write { sql in
            // Serials begin with 1, so 0 keeps no session.
            let ended = try sql.run(
                "DELETE FROM sessions WHERE person_id = $1 AND serial <> $2",
                [.integer(person.value), .integer(serial ?? 0)])
            if ended > 0 { sql.audit(AuditChange("sessions of person \(person.value)", to: "\(ended) ended")) }
        }
    }

    /// Writes if the last use that is noted is a minute ago or more; otherwise it only reads, so that no call waits for
    /// the disk.
    func noteUse(in table: String, _ serial: Int64, at: Date) async throws {
        let due: [SQLValue] = [.integer(serial), .time(at.addingTimeInterval(-60))]
        let isDue = try await read { sql in
            try sql.row(
                "SELECT 1 FROM \(table) WHERE serial = $1 AND (last_used_at IS NULL OR last_used_at <= $2)", due) != nil
        }
        guard isDue else { return }
        _ = try await write { sql in
            try sql.run(
                """
                UPDATE \(table) SET last_used_at = $1
                WHERE serial = $2 AND (last_used_at IS NULL OR last_used_at <= $3)
                """, [.time(at)] + due)
        }
    }
}

extension SQLConnection {
    fileprivate func removeOverSessions(at: Date) throws {
        try run(
            "DELETE FROM sessions WHERE last_used_at <= $1 OR started_at <= $2",
            [
                .time(at.addingTimeInterval(-Session.idleEnd.seconds)),
                .time(at.addingTimeInterval(-Session.absoluteEnd.seconds)),
            ])
    }
}
