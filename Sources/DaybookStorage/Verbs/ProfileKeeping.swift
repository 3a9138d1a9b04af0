// SPDX-License-Identifier: Apache-2.0
package import Daybook
package import Foundation

extension RelationalStorage {
    package func profiles() async throws -> [IntakeProfile] {
        try await read { sql in
            try sql.rows("SELECT content FROM profiles ORDER BY name", []).reading { row in
                let content = try row.text()
                do {
                    return try JSONDecoder().decode(IntakeProfile.self, from: Data(content.utf8))
                } catch {
                    throw StoredValueUnreadable(what: "a profile is not readable")
                }
            }
        }
    }

    package func keep(_ profile: IntakeProfile, by actor: Actor, at: Date) async throws {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        let content = String(decoding: try encoder.encode(profile), as: UTF8.self)
        try await write { sql in
            var former = try sql.row("SELECT content FROM profiles WHERE name = $1", [.text(profile.name)])
            let before = try former?.text()
            guard before != content else { return }
            try sql.run(
                """
                INSERT INTO profiles (name, content, kept_at, kept_by) VALUES ($1, $2, $3, $4)
                ON CONFLICT (name) DO UPDATE SET content = excluded.content, kept_at = excluded.kept_at,
                    kept_by = excluded.kept_by
                """, [.text(profile.name), .text(content), .time(at), .text(actor.text)])
            sql.audit(AuditChange("profile \(profile.name)", from: before, to: content))
        }
    }

    package func removeProfile(named name: String, by actor: Actor, at: Date) async throws -> Bool {
        try await write { sql in
            var former = try sql.row("SELECT content FROM profiles WHERE name = $1", [.text(name)])
            guard let before = try former?.text() else { return false }
            try sql.run("DELETE FROM profiles WHERE name = $1", [.text(name)])
            sql.audit(AuditChange("profile \(name)", from: before, to: nil))
            return true
        }
    }
}
