// SPDX-License-Identifier: Apache-2.0
import GRDB

/// The twentieth schema: histories, explanations and the audit trail no longer name companies by their Realm IDs.
///
/// A line of the audit trail is sealed by its digest as it was written, so what it said is kept beside it, sealed under
/// the data key; with that key the trail is read and checked as before.
enum WordsWithoutRealmIDs {
    static func run(_ database: Database, _ sealer: Sealer) throws {
        let sql = SQLiteConnection(database: database)
        for table in tables { try database.execute(sql: "DROP TRIGGER \(table)_never_change") }
        try database.execute(sql: sealedWords)
        let own = try ownCompanies(sealer, sql)
        var changed = 0
        for column in columns { changed += try rewrite(column, own, sql) }
        changed += try rewriteTrail(sealer, own, sql)
        if changed > 0 { try database.execute(sql: "INSERT OR IGNORE INTO unerased_values (id) VALUES (1)") }
        for table in tables {
            let words =
                table == "audit_entries"
                ? "the audit trail is written and never changed" : "what happened stays as it was written"
            try database.execute(
                sql: """
                    CREATE TRIGGER \(table)_never_change BEFORE UPDATE ON \(table)
                    BEGIN SELECT RAISE(ABORT, '\(words)'); END
                    """)
        }
    }

    private static let tables = ["connection_notes", "export_notes", "announcements", "audit_entries"]

    private static let sealedWords = """
        CREATE TABLE sealed_audit_words (
            serial INTEGER NOT NULL PRIMARY KEY REFERENCES audit_entries (serial),
            value_before BLOB,
            value_after BLOB,
            CHECK (value_before IS NOT NULL OR value_after IS NOT NULL)
        )
        """

    private struct Column {
        let table: String
        let key: String
        let name: String
        /// Whether the words are a history, of the connection in `connection_id`.
        let isHistory: Bool

        init(_ table: String, _ name: String, key: String = "serial", isHistory: Bool = false) {
            self.table = table
            self.key = key
            self.name = name
            self.isHistory = isHistory
        }
    }

    private static let columns = [
        Column("connection_notes", "text", isHistory: true),
        Column("announcements", "title", key: "id"),
        Column("announcements", "text", key: "id"),
        Column("posting_stops", "explanation", key: "connection_id"),
        Column("exports", "explanation"),
        Column("export_notes", "text"),
    ]

    /// The company of each connection.
    private static func ownCompanies(
        _ sealer: Sealer, _ sql: any SQLConnection
    ) throws -> [Int64: WordsAboutCompanies.Own] {
        let columns = (["c.id"] + CompanyRecord.columns(of: "c.company_id") + ["c.company_name"]).joined(
            separator: ", ")
        var own: [Int64: WordsAboutCompanies.Own] = [:]
        for var row in try sql.rows("SELECT \(columns) FROM connections c", []) {
            let connection = try row.integer()
            guard let realmID = try CompanyRecord(sealer: sealer).readRealmID(&row) else { continue }
            own[connection] = WordsAboutCompanies.Own(realmID: realmID, name: try row.optionalText() ?? "")
        }
        return own
    }

    /// - Returns: How many were changed.
    private static func rewrite(
        _ column: Column, _ own: [Int64: WordsAboutCompanies.Own], _ sql: any SQLConnection
    ) throws -> Int {
        let rows = try sql.rows(
            """
            SELECT \(column.key), \(column.isHistory ? "connection_id" : "NULL"), \(column.name) FROM \(column.table)
            WHERE \(WordsAboutCompanies.mayName(column.name))
            """, [])
        var changed = 0
        for var row in rows {
            let (key, connection, words) = (try row.value(), try row.optionalInteger(), try row.text())
            let rewritten =
                column.isHistory
                ? WordsAboutCompanies.history(words, own: connection.flatMap { own[$0] })
                : WordsAboutCompanies.explanation(words)
            guard rewritten != words else { continue }
            changed += try sql.run(
                "UPDATE \(column.table) SET \(column.name) = $1 WHERE \(column.key) = $2", [.text(rewritten), key])
        }
        return changed
    }

    private static func rewriteTrail(
        _ sealer: Sealer, _ own: [Int64: WordsAboutCompanies.Own], _ sql: any SQLConnection
    ) throws -> Int {
        let rows = try sql.rows(
            """
            SELECT serial, object, value_before, value_after FROM audit_entries
            WHERE \(WordsAboutCompanies.mayName("value_before")) OR \(WordsAboutCompanies.mayName("value_after"))
            ORDER BY serial
            """, [])
        var changed = 0
        for var row in rows {
            let (serial, object) = (try row.integer(), try row.optionalText())
            let (before, after) = (try row.optionalText(), try row.optionalText())
            let whose = object.flatMap { Int64($0.dropFirst("connection ".count)) }.flatMap { own[$0] }
            let line = TrailLine(serial: serial, sealer: sealer, sql: sql)
            let new = [before, after].map { $0.map { WordsAboutCompanies.history($0, own: whose) } }
            guard new != [before, after] else { continue }
            try line.replace(before: before, after: after, by: new)
            changed += 1
        }
        return changed
    }

    private struct TrailLine {
        let serial: Int64
        let sealer: Sealer
        let sql: any SQLConnection

        func replace(before: String?, after: String?, by new: [String?]) throws {
            try sql.run(
                "INSERT INTO sealed_audit_words (serial, value_before, value_after) VALUES ($1, $2, $3)",
                [
                    .integer(serial), try sealed(before, "value_before", unless: new[0]),
                    try sealed(after, "value_after", unless: new[1]),
                ])
            try sql.run(
                "UPDATE audit_entries SET value_before = $1, value_after = $2 WHERE serial = $3",
                [.optional(new[0]), .optional(new[1]), .integer(serial)])
        }

        private func sealed(_ words: String?, _ column: String, unless new: String?) throws -> SQLValue {
            guard let words, words != new else { return .null }
            return .bytes(try sealer.seal(Array(words.utf8), in: AuditRecord.context(serial, column)))
        }
    }
}
