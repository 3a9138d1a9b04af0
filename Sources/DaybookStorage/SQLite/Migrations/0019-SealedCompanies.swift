// SPDX-License-Identifier: Apache-2.0
import GRDB

/// The nineteenth schema: a company's Realm ID is sealed, in one row; what referred to a company by its Realm ID does
/// so by that row's number.
///
/// It runs in one transaction, with the data key. What was readable before is then still in free pages and in the log,
/// until ``FormerValues`` has erased it.
enum SealedCompanies {
    static func run(_ database: Database, _ sealer: Sealer) throws {
        let sql = SQLiteConnection(database: database)
        for statement in companies + references { try database.execute(sql: statement) }
        // The proof of the key is stored before the first value is sealed under it.
        try SealCheck(sealer: sealer).run(sql)
        let keeping = CompanyKeeping(sealer: sealer)
        try keeping.key(sql)
        let realmIDs = try sql.rows(distinctRealmIDs, []).reading { try $0.text() }
        for realmID in realmIDs { try refer(to: realmID, keeping, sql) }
        if !realmIDs.isEmpty { try database.execute(sql: "INSERT INTO unerased_values (id) VALUES (1)") }
        for statement in newTables + rules { try database.execute(sql: statement) }
    }

    private static let companies = [
        """
        CREATE TABLE companies (
            id INTEGER NOT NULL PRIMARY KEY,
            realm_id BLOB NOT NULL,
            digest BLOB NOT NULL UNIQUE
        )
        """,
        // Has a row as long as values that were readable in an earlier version may be left in the file.
        "CREATE TABLE unerased_values (id INTEGER NOT NULL PRIMARY KEY CHECK (id = 1))",
    ]

    private static let tables = ["connections", "proposals", "announcements", "envelopes"]

    private static let references =
        tables.map { "ALTER TABLE \($0) ADD COLUMN company_id INTEGER REFERENCES companies (id)" }
        + ["DROP TRIGGER announcements_never_change", "DROP TRIGGER envelope_is_frozen"]

    /// An envelope from before the company was noted beside it names the company in its address.
    private static let ofEnvelope = """
        COALESCE(realm_id, CASE WHEN target LIKE '/v3/company/%/%'
            THEN substr(target, 13, instr(substr(target, 13), '/') - 1) END)
        """

    private static let distinctRealmIDs = """
        SELECT realm_id FROM connections WHERE realm_id IS NOT NULL
        UNION SELECT realm_id FROM proposals
        UNION SELECT realm_id FROM announcements WHERE realm_id IS NOT NULL
        UNION SELECT \(ofEnvelope) AS realm_id FROM envelopes WHERE \(ofEnvelope) IS NOT NULL
        ORDER BY realm_id
        """

    private static func refer(to realmID: String, _ keeping: CompanyKeeping, _ sql: any SQLConnection) throws {
        let number = try keeping.number(of: realmID, sql)
        for table in ["connections", "proposals", "announcements"] {
            try sql.run(
                "UPDATE \(table) SET company_id = $1 WHERE realm_id = $2", [.integer(number), .text(realmID)])
            // The name of a company whose name QuickBooks did not tell.
            try sql.run(
                "UPDATE \(table) SET company_name = $1 WHERE company_name = $2",
                [.text("Unnamed company"), .text("Realm \(realmID)")])
        }
        try sql.run(
            "UPDATE envelopes SET company_id = $1, target = replace(target, $2, $3) WHERE \(ofEnvelope) = $4",
            [
                .integer(number), .text("/company/\(realmID)/"),
                .text(CompanyAddress.withoutRealmID("/company/\(realmID)/", realmID: realmID)), .text(realmID),
            ])
    }

    /// SQLite drops no column that a check or an index names, so these rows move to new tables.
    private static let newTables =
        connections + proposals + announcements + ["ALTER TABLE envelopes DROP COLUMN realm_id"]

    private static let connections = moved(
        "connections",
        """
        id INTEGER NOT NULL PRIMARY KEY,
        company_id INTEGER REFERENCES companies (id),
        company_name TEXT,
        generation INTEGER NOT NULL DEFAULT 0,
        access_token BLOB,
        access_expires_at INTEGER,
        refresh_token BLOB,
        previous_token_1 BLOB,
        previous_token_2 BLOB,
        refresh_token_since INTEGER,
        idle_expires_at INTEGER,
        hard_expires_at INTEGER,
        refreshed_at INTEGER,
        trouble_cause TEXT,
        trouble_since INTEGER,
        trouble_tid TEXT,
        app_id INTEGER REFERENCES apps (id),
        environment TEXT,
        CHECK ((company_id IS NULL) = (company_name IS NULL)),
        CHECK ((access_token IS NULL) = (refresh_token IS NULL)),
        CHECK (access_token IS NULL OR (company_id IS NOT NULL AND access_expires_at IS NOT NULL
            AND refresh_token_since IS NOT NULL AND idle_expires_at IS NOT NULL AND refreshed_at IS NOT NULL)),
        CHECK ((trouble_cause IS NULL) = (trouble_since IS NULL))
        """,
        """
        id, company_id, company_name, generation, access_token, access_expires_at, refresh_token, previous_token_1,
        previous_token_2, refresh_token_since, idle_expires_at, hard_expires_at, refreshed_at, trouble_cause,
        trouble_since, trouble_tid, app_id, environment
        """)

    private static let proposals = moved(
        "proposals",
        """
        connection_id INTEGER NOT NULL PRIMARY KEY REFERENCES connections (id),
        app_id INTEGER NOT NULL REFERENCES apps (id),
        company_id INTEGER NOT NULL REFERENCES companies (id),
        company_name TEXT NOT NULL,
        proposed_at INTEGER NOT NULL,
        generation INTEGER NOT NULL,
        access_token BLOB NOT NULL,
        access_expires_at INTEGER NOT NULL,
        refresh_token BLOB NOT NULL,
        previous_token_1 BLOB,
        previous_token_2 BLOB,
        refresh_token_since INTEGER NOT NULL,
        idle_expires_at INTEGER NOT NULL,
        hard_expires_at INTEGER,
        refreshed_at INTEGER NOT NULL,
        intuit_tid TEXT
        """,
        """
        connection_id, app_id, company_id, company_name, proposed_at, generation, access_token, access_expires_at,
        refresh_token, previous_token_1, previous_token_2, refresh_token_since, idle_expires_at, hard_expires_at,
        refreshed_at, intuit_tid
        """)

    private static let announcements = moved(
        "announcements",
        """
        id TEXT NOT NULL PRIMARY KEY,
        kind TEXT NOT NULL CHECK (kind IN ('warning', 'all-clear', 'test')),
        connection_id INTEGER REFERENCES connections (id),
        company_id INTEGER REFERENCES companies (id),
        company_name TEXT,
        subject TEXT,
        days INTEGER,
        cause TEXT,
        title TEXT NOT NULL,
        text TEXT NOT NULL,
        at INTEGER NOT NULL,
        CHECK ((company_id IS NULL) = (company_name IS NULL)),
        CHECK ((kind = 'test') = (connection_id IS NULL)),
        CHECK ((kind = 'test') = (subject IS NULL))
        """,
        "id, kind, connection_id, company_id, company_name, subject, days, cause, title, text, at")

    private static func moved(_ table: String, _ definition: String, _ columns: String) -> [String] {
        [
            "CREATE TABLE \(table)_sealed (\(definition))",
            "INSERT INTO \(table)_sealed (\(columns)) SELECT \(columns) FROM \(table) ORDER BY rowid",
            "DROP TABLE \(table)",
            "ALTER TABLE \(table)_sealed RENAME TO \(table)",
        ]
    }

    private static let rules = [
        """
        CREATE UNIQUE INDEX connections_by_company ON connections (environment, company_id)
        WHERE environment IS NOT NULL AND company_id IS NOT NULL
        """,
        "CREATE INDEX envelopes_of_company ON envelopes (company_id)",
        """
        CREATE TRIGGER envelope_is_frozen
        BEFORE UPDATE OF request_id, connection_id, company_id, target, sha256, prepared_at ON envelopes
        BEGIN SELECT RAISE(ABORT, 'an envelope never changes'); END
        """,
        """
        CREATE TRIGGER announcements_never_change BEFORE UPDATE ON announcements
        BEGIN SELECT RAISE(ABORT, 'what happened stays as it was written'); END
        """,
        """
        CREATE TRIGGER announcements_never_vanish BEFORE DELETE ON announcements
        BEGIN SELECT RAISE(ABORT, 'what happened stays written'); END
        """,
    ]
}
