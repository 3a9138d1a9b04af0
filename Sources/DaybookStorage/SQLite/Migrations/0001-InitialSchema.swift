// SPDX-License-Identifier: Apache-2.0

/// The first schema: from the counter's transaction to the posted document, and the connection it goes
/// over.
///
/// Amounts are minor units, times milliseconds since 1970, dates `YYYY-MM-DD`.
enum InitialSchema {
    static let statements = connections + books + counter + exports + envelopes + history + rules

    private static let connections = [
        """
        CREATE TABLE sealing_keys (
            key_id TEXT NOT NULL PRIMARY KEY,
            proof BLOB NOT NULL
        )
        """,
        """
        CREATE TABLE apps (
            id INTEGER NOT NULL PRIMARY KEY,
            client_id TEXT NOT NULL,
            client_secret BLOB NOT NULL
        )
        """,
        """
        CREATE TABLE connections (
            id INTEGER NOT NULL PRIMARY KEY,
            realm_id TEXT,
            company_name TEXT,
            generation INTEGER NOT NULL DEFAULT 0,
            access_token BLOB,
            access_expires_at INTEGER,
            refresh_token BLOB,
            refresh_token_since INTEGER,
            idle_expires_at INTEGER,
            hard_expires_at INTEGER,
            refreshed_at INTEGER,
            trouble_cause TEXT,
            trouble_since INTEGER,
            trouble_tid TEXT,
            CHECK ((realm_id IS NULL) = (company_name IS NULL)),
            CHECK ((access_token IS NULL) = (refresh_token IS NULL)),
            CHECK (access_token IS NULL OR (realm_id IS NOT NULL AND access_expires_at IS NOT NULL
                AND refresh_token_since IS NOT NULL AND idle_expires_at IS NOT NULL AND refreshed_at IS NOT NULL)),
            CHECK ((trouble_cause IS NULL) = (trouble_since IS NULL))
        )
        """,
        // The connection that every store posts to until there are several.
        "INSERT INTO connections (id) VALUES (1)",
        """
        CREATE TABLE leases (
            connection_id INTEGER NOT NULL PRIMARY KEY REFERENCES connections (id),
            holder TEXT NOT NULL,
            generation INTEGER NOT NULL CHECK (generation > 0),
            until INTEGER NOT NULL
        )
        """,
        """
        CREATE TABLE consents (
            state_digest BLOB NOT NULL PRIMARY KEY,
            browser_digest BLOB NOT NULL,
            connection_id INTEGER NOT NULL,
            redirect_uri TEXT NOT NULL,
            begun_at INTEGER NOT NULL
        )
        """,
    ]

    private static let books = [
        """
        CREATE TABLE stores (
            number INTEGER NOT NULL PRIMARY KEY CHECK (number BETWEEN 1 AND 9999),
            name TEXT NOT NULL,
            class_name TEXT,
            department_name TEXT
        )
        """,
        """
        CREATE TABLE account_numbers (
            store INTEGER NOT NULL CHECK (store BETWEEN 1 AND 9999),
            role TEXT NOT NULL,
            number TEXT NOT NULL CHECK (number <> ''),
            PRIMARY KEY (store, role)
        )
        """,
    ]

    private static let counter = [
        """
        CREATE TABLE transactions (
            serial INTEGER NOT NULL PRIMARY KEY,
            source TEXT NOT NULL,
            store INTEGER NOT NULL CHECK (store BETWEEN 1 AND 9999),
            id TEXT NOT NULL,
            revision INTEGER NOT NULL CHECK (revision >= 1),
            kind TEXT NOT NULL,
            date TEXT NOT NULL,
            customer_name TEXT,
            contract TEXT,
            search TEXT NOT NULL,
            content TEXT NOT NULL,
            recorded_at INTEGER NOT NULL,
            UNIQUE (source, store, id, revision)
        )
        """
    ]

    private static let exports = [
        """
        CREATE TABLE exports (
            serial INTEGER NOT NULL PRIMARY KEY,
            id TEXT NOT NULL UNIQUE,
            connection_id INTEGER NOT NULL REFERENCES connections (id),
            store INTEGER NOT NULL CHECK (store BETWEEN 1 AND 9999),
            date TEXT NOT NULL,
            total INTEGER NOT NULL CHECK (total > 0),
            currency TEXT NOT NULL,
            document_number TEXT NOT NULL,
            note TEXT NOT NULL,
            created_at INTEGER NOT NULL,
            latest_request_id TEXT,
            state TEXT NOT NULL
                CHECK (state IN ('pending', 'exporting', 'checking', 'exported', 'error', 'on-hold')),
            doubt_since INTEGER,
            look_at INTEGER,
            last_doubt INTEGER,
            document_id TEXT,
            sync_token TEXT,
            looked_up INTEGER CHECK (looked_up IN (0, 1)),
            failure TEXT CHECK (failure IN ('refused', 'blocked', 'foreign-document')),
            failure_code TEXT,
            explanation TEXT,
            failure_tid TEXT,
            problem TEXT,
            UNIQUE (connection_id, document_number),
            CHECK ((state = 'checking') = (look_at IS NOT NULL)),
            CHECK ((state = 'checking') = (doubt_since IS NOT NULL)),
            CHECK ((state = 'exported') = (sync_token IS NOT NULL)),
            CHECK ((state = 'error') = (failure IS NOT NULL)),
            CHECK ((state = 'error') = (explanation IS NOT NULL)),
            CHECK (state <> 'exported' OR (document_id IS NOT NULL AND looked_up IS NOT NULL)),
            CHECK (state <> 'exporting' OR latest_request_id IS NOT NULL),
            CHECK (failure <> 'blocked' OR problem IS NOT NULL)
        )
        """,
        "CREATE INDEX exports_pending ON exports (connection_id, serial) WHERE state = 'pending'",
        "CREATE INDEX exports_checking ON exports (connection_id, look_at, serial) WHERE state = 'checking'",
        "CREATE INDEX exports_in_error ON exports (explanation) WHERE state = 'error'",
        "CREATE INDEX exports_by_state ON exports (state, serial)",
        "CREATE INDEX exports_by_store ON exports (store, state, serial)",
        """
        CREATE TABLE entry_lines (
            transaction_serial INTEGER NOT NULL REFERENCES transactions (serial),
            position INTEGER NOT NULL,
            export_serial INTEGER NOT NULL REFERENCES exports (serial),
            store INTEGER NOT NULL CHECK (store BETWEEN 1 AND 9999),
            role TEXT,
            number TEXT,
            side TEXT NOT NULL CHECK (side IN ('debit', 'credit')),
            amount INTEGER NOT NULL CHECK (amount > 0),
            text TEXT NOT NULL,
            PRIMARY KEY (transaction_serial, position),
            CHECK ((role IS NULL) <> (number IS NULL))
        )
        """,
        "CREATE INDEX entry_lines_of_export ON entry_lines (export_serial, transaction_serial, position)",
    ]

    private static let envelopes = [
        """
        CREATE TABLE envelopes (
            request_id TEXT NOT NULL PRIMARY KEY,
            connection_id INTEGER NOT NULL REFERENCES connections (id),
            target TEXT NOT NULL,
            body BLOB NOT NULL,
            sha256 BLOB NOT NULL,
            prepared_at INTEGER NOT NULL,
            lease_generation INTEGER NOT NULL,
            phase TEXT NOT NULL CHECK (phase IN ('ready', 'sending', 'closed'))
        )
        """,
        "CREATE INDEX envelopes_open ON envelopes (connection_id, prepared_at, request_id) WHERE phase <> 'closed'",
        """
        CREATE TABLE envelope_items (
            request_id TEXT NOT NULL REFERENCES envelopes (request_id),
            position INTEGER NOT NULL,
            export_serial INTEGER NOT NULL REFERENCES exports (serial),
            export_id TEXT NOT NULL,
            batch_item_id TEXT NOT NULL,
            document_number TEXT NOT NULL,
            date TEXT NOT NULL,
            total INTEGER NOT NULL,
            currency TEXT NOT NULL,
            PRIMARY KEY (request_id, position),
            UNIQUE (request_id, batch_item_id)
        )
        """,
        "CREATE INDEX envelope_items_of_export ON envelope_items (export_serial)",
        """
        CREATE TABLE sendings (
            serial INTEGER NOT NULL PRIMARY KEY,
            connection_id INTEGER NOT NULL,
            request_id TEXT NOT NULL REFERENCES envelopes (request_id),
            sent_at INTEGER NOT NULL
        )
        """,
        "CREATE INDEX sendings_by_time ON sendings (connection_id, sent_at)",
    ]

    private static let history = [
        """
        CREATE TABLE export_notes (
            serial INTEGER NOT NULL PRIMARY KEY,
            export_serial INTEGER NOT NULL REFERENCES exports (serial),
            at INTEGER NOT NULL,
            text TEXT NOT NULL,
            actor TEXT NOT NULL,
            intuit_tid TEXT
        )
        """,
        "CREATE INDEX export_notes_of_export ON export_notes (export_serial, serial)",
        """
        CREATE TABLE connection_notes (
            serial INTEGER NOT NULL PRIMARY KEY,
            connection_id INTEGER NOT NULL REFERENCES connections (id),
            at INTEGER NOT NULL,
            text TEXT NOT NULL,
            actor TEXT NOT NULL,
            intuit_tid TEXT
        )
        """,
        "CREATE INDEX connection_notes_of_connection ON connection_notes (connection_id, serial)",
        """
        CREATE TABLE acts (
            serial INTEGER NOT NULL PRIMARY KEY,
            at INTEGER NOT NULL,
            actor TEXT NOT NULL,
            act TEXT NOT NULL
        )
        """,
    ]
}
