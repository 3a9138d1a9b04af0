// SPDX-License-Identifier: Apache-2.0

/// The sixteenth schema: people with what proves who they are, their sessions and links, and programs' keys.
enum People {
    static let statements = people + entries + keys + rules

    private static let people = [
        // Two names that differ in case alone have one key.
        """
        CREATE TABLE people (
            id INTEGER NOT NULL PRIMARY KEY,
            name TEXT NOT NULL,
            name_key TEXT NOT NULL UNIQUE,
            is_enabled INTEGER NOT NULL CHECK (is_enabled IN (0, 1)),
            password_hash TEXT,
            authenticator_seed BLOB,
            authenticator_step INTEGER,
            created_at INTEGER NOT NULL,
            last_sign_in_at INTEGER,
            CHECK ((authenticator_seed IS NULL) = (authenticator_step IS NULL))
        )
        """,
        // Null is every company, and every store.
        """
        CREATE TABLE person_roles (
            person_id INTEGER NOT NULL REFERENCES people (id),
            role TEXT NOT NULL CHECK (role IN ('viewer', 'clerk', 'bookkeeper', 'administrator')),
            connection_id INTEGER REFERENCES connections (id),
            store INTEGER
        )
        """,
        "CREATE INDEX person_roles_of_person ON person_roles (person_id)",
        """
        CREATE TABLE recovery_codes (
            person_id INTEGER NOT NULL REFERENCES people (id),
            position INTEGER NOT NULL,
            digest BLOB NOT NULL,
            PRIMARY KEY (person_id, position)
        )
        """,
    ]

    private static let entries = [
        // A link that was used is deleted.
        """
        CREATE TABLE one_time_links (
            digest BLOB NOT NULL PRIMARY KEY,
            purpose TEXT NOT NULL CHECK (purpose IN ('first-administrator', 'invitation', 'password-reset')),
            person_id INTEGER REFERENCES people (id),
            made_at INTEGER NOT NULL,
            expires_at INTEGER NOT NULL,
            CHECK ((person_id IS NULL) = (purpose = 'first-administrator')),
            UNIQUE (purpose, person_id)
        )
        """,
        "CREATE INDEX one_time_links_of_person ON one_time_links (person_id)",
        "CREATE UNIQUE INDEX one_first_link ON one_time_links (purpose) WHERE person_id IS NULL",
        // A number is not given twice: to end a session that is over must not end another one.
        """
        CREATE TABLE sessions (
            serial INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
            person_id INTEGER NOT NULL REFERENCES people (id),
            digest BLOB NOT NULL UNIQUE,
            started_at INTEGER NOT NULL,
            signed_in_at INTEGER NOT NULL,
            last_used_at INTEGER NOT NULL,
            source TEXT NOT NULL,
            browser TEXT NOT NULL
        )
        """,
        "CREATE INDEX sessions_of_person ON sessions (person_id)",
    ]

    private static let keys = [
        // Scopes and stores as words with a space between them; null is every store.
        """
        CREATE TABLE api_keys (
            serial INTEGER NOT NULL PRIMARY KEY,
            name TEXT NOT NULL,
            name_key TEXT NOT NULL,
            prefix TEXT NOT NULL,
            digest BLOB NOT NULL UNIQUE,
            scopes TEXT NOT NULL,
            stores TEXT,
            created_at INTEGER NOT NULL,
            expires_at INTEGER,
            last_used_at INTEGER,
            revoked_at INTEGER
        )
        """,
        "CREATE UNIQUE INDEX usable_key_of_name ON api_keys (name_key) WHERE revoked_at IS NULL",
    ]

    private static let rules = [
        """
        CREATE TRIGGER people_never_vanish BEFORE DELETE ON people
        BEGIN SELECT RAISE(ABORT, 'the history names everybody who was ever here'); END
        """,
        """
        CREATE TRIGGER keys_never_vanish BEFORE DELETE ON api_keys
        BEGIN SELECT RAISE(ABORT, 'the history names every key that ever was'); END
        """,
        """
        CREATE TRIGGER keys_never_grow BEFORE UPDATE OF name, digest, scopes, stores, expires_at ON api_keys
        BEGIN SELECT RAISE(ABORT, 'a key stays what it was made as'); END
        """,
        """
        CREATE TRIGGER revoked_key_stays_revoked BEFORE UPDATE OF revoked_at ON api_keys
        WHEN OLD.revoked_at IS NOT NULL AND NEW.revoked_at IS NOT OLD.revoked_at
        BEGIN SELECT RAISE(ABORT, 'a key that was revoked opens nothing again'); END
        """,
    ]
}
