// SPDX-License-Identifier: Apache-2.0
package import Daybook
package import Foundation

extension RelationalStorage {
    package func receive(
        _ content: [UInt8], named name: String, by actor: Actor, at: Date
    ) async throws -> ReceivedFile {
        try await write { sql in
            let id = try FileWriting.nextID(sql)
            try sql.run(
                """
                INSERT INTO received_files (id, name, size, received_at, received_by, way, state, content)
                VALUES ($1, $2, $3, $4, $5, 'page', 'waiting', $6)
                """,
                [.integer(id.value), .text(name), .int(content.count), .time(at), .text(actor.text), .bytes(content)])
            sql.audit(AuditChange("file \(id.value)", to: "received"))
            return ReceivedFile(
                id: id, name: name, size: content.count, receivedAt: at, receivedBy: actor.text, state: .waiting)
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

    package func filesUnderWay() async throws -> [String: ReceivedFile] {
        try await read { sql in
            let found = try sql.rows(
                "SELECT identity, \(FileRecord.columns) FROM received_files WHERE identity IS NOT NULL", []
            ).reading { (try $0.text(), try FileRecord.read(&$0)) }
            return Dictionary(found, uniquingKeysWith: { first, _ in first })
        }
    }

    package func forget(identity: String) async throws {
        try await write { sql in
            _ = try sql.run("UPDATE received_files SET identity = NULL WHERE identity = $1", [.text(identity)])
        }
    }

    package func discard(_ id: ReceivedFile.ID, by actor: Actor, at: Date) async throws -> Bool {
        try await write { sql in
            let discarded = try sql.run(
                """
                UPDATE received_files SET state = 'discarded', decided_at = $1, decided_by = $2, content = NULL
                WHERE id = $3 AND state = 'waiting'
                """, [.time(at), .text(actor.text), .integer(id.value)])
            guard discarded > 0 else { return false }
            sql.audit(AuditChange("file \(id.value)", from: "waiting", to: "discarded"))
            return true
        }
    }

    package func refuse(_ files: [FileOutcome], by actor: Actor, at: Date) async throws {
        try await write { sql in
            let writing = FileWriting(sql: sql, actor: actor, at: at)
            for outcome in files { try writing.refuse(outcome) }
        }
    }
}
