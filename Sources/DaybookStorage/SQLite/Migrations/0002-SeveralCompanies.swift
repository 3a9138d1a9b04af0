// SPDX-License-Identifier: Apache-2.0

/// The second schema: several apps and companies side by side, stores split over them, and a history of
/// connections that can be counted.
enum SeveralCompanies {
    static let statements = apps + connections + stores + history + consents + proposals + keptSecrets

    private static let apps = [
        // Empty until the next start fills in the environment of its settings.
        "ALTER TABLE apps ADD COLUMN environment TEXT NOT NULL DEFAULT ''",
        "ALTER TABLE apps ADD COLUMN retiring_secret BLOB",
        "CREATE UNIQUE INDEX apps_by_key ON apps (environment, client_id)",
    ]

    private static let connections = [
        "ALTER TABLE connections ADD COLUMN app_id INTEGER REFERENCES apps (id)",
        "ALTER TABLE connections ADD COLUMN previous_token_1 BLOB",
        "ALTER TABLE connections ADD COLUMN previous_token_2 BLOB",
        "UPDATE connections SET app_id = (SELECT id FROM apps WHERE id = 1) WHERE id = 1",
    ]

    private static let stores = [
        "ALTER TABLE stores ADD COLUMN connection_id INTEGER REFERENCES connections (id)",
        "UPDATE stores SET connection_id = 1",
    ]

    /// What was written stays as it was written; only what a line is about is added.
    private static let history =
        [
            "DROP TRIGGER connection_notes_never_change",
            "ALTER TABLE connection_notes ADD COLUMN kind TEXT NOT NULL DEFAULT 'troubled'",
        ]
        + [
            ("connected", "Connected to company %"), ("disconnected", "Disconnected.%"), ("refreshed", "Refreshed"),
            ("rotated", "Refreshed; %"), ("recovered", "Took over an answer %"),
        ].map { "UPDATE connection_notes SET kind = '\($0)' WHERE text LIKE '\($1)'" }
        + [
            """
            CREATE TRIGGER connection_notes_never_change BEFORE UPDATE ON connection_notes
            BEGIN SELECT RAISE(ABORT, 'what happened stays as it was written'); END
            """,
            "CREATE INDEX connection_notes_by_kind ON connection_notes (connection_id, at, kind)",
        ]

    /// Made anew, because a consent may be for a connection that isn't there yet.
    ///
    /// One that was under way during the update has to be begun again.
    private static let consents = [
        "DROP TABLE consents",
        """
        CREATE TABLE consents (
            state_digest BLOB NOT NULL PRIMARY KEY,
            browser_digest BLOB NOT NULL,
            connection_id INTEGER REFERENCES connections (id),
            environment TEXT NOT NULL,
            client_id TEXT NOT NULL,
            redirect_uri TEXT NOT NULL,
            begun_at INTEGER NOT NULL,
            taken INTEGER NOT NULL DEFAULT 0 CHECK (taken IN (0, 1)),
            made_connection_id INTEGER REFERENCES connections (id),
            CHECK (made_connection_id IS NULL OR taken = 1)
        )
        """,
    ]

    /// A token that works for a company, until a person says that it is the right one.
    private static let proposals = [
        """
        CREATE TABLE proposals (
            connection_id INTEGER NOT NULL PRIMARY KEY REFERENCES connections (id),
            app_id INTEGER NOT NULL REFERENCES apps (id),
            realm_id TEXT NOT NULL,
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
            refreshed_at INTEGER NOT NULL
        )
        """
    ]

    private static let keptSecrets = [
        """
        CREATE TABLE kept_secrets (
            name TEXT NOT NULL PRIMARY KEY,
            value BLOB NOT NULL
        )
        """
    ]
}
