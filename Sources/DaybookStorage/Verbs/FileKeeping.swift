// SPDX-License-Identifier: Apache-2.0
package import Daybook
package import Foundation

extension RelationalStorage {
    package func receive(
        _ content: [UInt8], named name: String, by actor: Actor, at: Date
    ) async throws -> ReceivedFile {
        try await write { sql in
            var next = try sql.row("SELECT COALESCE(max(id), 0) + 1 FROM received_files")
            let id = ReceivedFile.ID(try next?.integer() ?? 1)
            try sql.run(
                """
                INSERT INTO received_files (id, name, size, received_at, received_by, state, content)
                VALUES ($1, $2, $3, $4, $5, 'waiting', $6)
                """,
                [.integer(id.value), .text(name), .int(content.count), .time(at), .text(actor.text), .bytes(content)])
            sql.audit(AuditChange("file \(id.value)", to: "received"))
            return ReceivedFile(
                id: id, name: name, size: content.count, receivedAt: at, receivedBy: actor.text, state: .waiting,
                counts: nil, profile: nil, decidedAt: nil, decidedBy: nil)
        }
    }

    package func receivedFiles(limit: Int) async throws -> [ReceivedFile] {
        try await read { sql in
            try sql.rows(
                """
                SELECT \(FileRecord.columns) FROM received_files
                WHERE state = 'waiting' OR id > (SELECT max(id) FROM received_files) - $1 ORDER BY id DESC
                """, [.int(limit)]
            ).reading { try FileRecord.read(&$0) }
        }
    }

    package func receivedFile(_ id: ReceivedFile.ID) async throws -> (file: ReceivedFile, content: [UInt8]?)? {
        try await read { sql in
            guard
                var row = try sql.row(
                    "SELECT \(FileRecord.columns), content FROM received_files WHERE id = $1", [.integer(id.value)])
            else { return nil }
            return (try FileRecord.read(&row), try row.optionalBytes())
        }
    }

    package func decide(
        _ decision: FileDecision, about id: ReceivedFile.ID, by actor: Actor, at: Date
    ) async throws -> Bool {
        try await write { sql in
            let decided = try sql.run(
                """
                UPDATE received_files SET state = $1, recorded = $2, repeated = $3, refused = $4, profile = $5,
                    decided_at = $6, decided_by = $7, content = NULL
                WHERE id = $8 AND (state = 'waiting' OR state = 'discarded' AND $1 = 'taken')
                """,
                [
                    .text(decision.state.rawValue), .optional(decision.counts?.recorded),
                    .optional(decision.counts?.repeated), .optional(decision.counts?.refused),
                    .optional(decision.profile), .time(at), .text(actor.text), .integer(id.value),
                ])
            guard decided > 0 else { return false }
            sql.audit(AuditChange("file \(id.value)", from: "waiting", to: decision.state.rawValue))
            return true
        }
    }
}

extension SQLValue {
    fileprivate static func optional(_ count: Int?) -> SQLValue { count.map { .int($0) } ?? .null }
}
