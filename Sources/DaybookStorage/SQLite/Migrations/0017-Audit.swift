// SPDX-License-Identifier: Apache-2.0
import Daybook
import Foundation
import GRDB

/// The seventeenth schema: the audit trail.
///
/// It begins with what was noted of acts before.
enum Audit {
    static func run(_ database: Database) throws {
        for sql in statements { try database.execute(sql: sql) }
        let connection = SQLiteConnection(database: database)
        let writing = AuditWriting(sql: connection, version: .first)
        for var row in try connection.rows("SELECT at, actor, act FROM acts ORDER BY at, rowid", []) {
            let at = try row.time()
            let actor = AuditActor(kind: .anybody, id: nil, name: try row.text(), source: nil)
            try writing.append([AuditChange(nil, to: try row.text())], actor, act: "earlier", at: at)
        }
        try database.execute(sql: "DROP TABLE acts")
    }

    private static let statements = [
        """
        CREATE TABLE audit_entries (
            serial INTEGER NOT NULL PRIMARY KEY CHECK (serial > 0),
            at INTEGER NOT NULL,
            actor_kind TEXT NOT NULL CHECK (actor_kind IN ('person', 'key', 'command', 'anybody', 'system')),
            actor_id INTEGER,
            actor TEXT NOT NULL,
            source TEXT,
            act TEXT NOT NULL,
            object TEXT,
            value_before TEXT,
            value_after TEXT,
            digest BLOB NOT NULL
        )
        """,
        "CREATE INDEX audit_entries_at ON audit_entries (at)",
        "CREATE INDEX audit_entries_of_actor ON audit_entries (lower(actor), serial)",
        "CREATE INDEX audit_entries_of_act ON audit_entries (act, serial)",
        """
        CREATE TRIGGER audit_entries_never_change BEFORE UPDATE ON audit_entries
        BEGIN SELECT RAISE(ABORT, 'the audit trail is written and never changed'); END
        """,
        """
        CREATE TRIGGER audit_entries_never_vanish BEFORE DELETE ON audit_entries
        BEGIN SELECT RAISE(ABORT, 'the audit trail is written and never shortened'); END
        """,
    ]
}
