// SPDX-License-Identifier: Apache-2.0

/// The twelfth schema: exports that collect an open day, that a person excluded, that a revision replaced, and that
/// come to nothing; legs with the part of the transaction that they belong to.
///
/// SQLite changes no check of a table that is there, so the exports move to a new one. Indexes and rules go with the
/// old table and are made again.
enum FurtherStates {
    static let statements =
        [
            newExports,
            "INSERT INTO exports_with_further_states (\(columns)) SELECT \(columns) FROM exports",
            "DROP TABLE exports",
            "ALTER TABLE exports_with_further_states RENAME TO exports",
        ] + indexes + rules + [
            """
            ALTER TABLE entry_lines ADD COLUMN part TEXT
            CHECK (part IN ('bill', 'payment', 'prepayment', 'deposit', 'application', 'credit', 'refund', 'journal'))
            """
        ]

    private static let columns = [
        "serial", "id", "connection_id", "store", "date", "total", "currency", "document_number", "note", "created_at",
        "latest_request_id", "state", "doubt_since", "look_at", "last_doubt", "document_id", "sync_token", "looked_up",
        "failure", "failure_code", "explanation", "failure_tid", "problem", "goes_alone", "number_taken", "unanswered",
        "unanswered_at", "too_large_since", "absent_at", "doubt_copy", "absent_copy", "too_large_rounds",
        "document_kind", "operation", "target_id", "target_sync_token",
    ].joined(separator: ", ")

    private static let newExports = """
        CREATE TABLE exports_with_further_states (
            serial INTEGER NOT NULL PRIMARY KEY,
            id TEXT NOT NULL UNIQUE,
            connection_id INTEGER NOT NULL REFERENCES connections (id),
            store INTEGER NOT NULL CHECK (store BETWEEN 1 AND 9999),
            date TEXT NOT NULL,
            total INTEGER NOT NULL CHECK (total >= 0),
            currency TEXT NOT NULL,
            document_number TEXT NOT NULL,
            note TEXT NOT NULL,
            created_at INTEGER NOT NULL,
            latest_request_id TEXT,
            state TEXT NOT NULL CHECK (state IN ('collecting', 'pending', 'exporting', 'checking', 'exported', 'error',
                'on-hold', 'excluded', 'withdrawn', 'nothing-to-post')),
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
            goes_alone INTEGER NOT NULL DEFAULT 0 CHECK (goes_alone IN (0, 1)),
            number_taken INTEGER NOT NULL DEFAULT 0 CHECK (number_taken IN (0, 1)),
            unanswered INTEGER NOT NULL DEFAULT 0 CHECK (unanswered >= 0),
            unanswered_at INTEGER,
            too_large_since INTEGER,
            absent_at INTEGER,
            doubt_copy INTEGER,
            absent_copy INTEGER,
            too_large_rounds INTEGER NOT NULL DEFAULT 0 CHECK (too_large_rounds >= 0),
            document_kind TEXT NOT NULL DEFAULT 'journal-entry' CHECK (document_kind IN ('journal-entry')),
            operation TEXT NOT NULL DEFAULT 'create' CHECK (operation IN ('create', 'update', 'void', 'delete')),
            target_id TEXT CHECK (target_id IS NULL OR operation <> 'create'),
            target_sync_token TEXT CHECK ((target_sync_token IS NULL) = (target_id IS NULL)),
            UNIQUE (connection_id, document_number),
            CHECK ((state = 'checking') = (look_at IS NOT NULL)),
            CHECK ((state = 'checking') = (doubt_since IS NOT NULL)),
            CHECK ((state = 'exported') = (sync_token IS NOT NULL)),
            CHECK ((state = 'error') = (failure IS NOT NULL)),
            CHECK ((state = 'error') = (explanation IS NOT NULL)),
            CHECK (state <> 'exported' OR (document_id IS NOT NULL AND looked_up IS NOT NULL)),
            CHECK (state <> 'exporting' OR latest_request_id IS NOT NULL),
            CHECK (failure <> 'blocked' OR problem IS NOT NULL),
            CHECK (total > 0 OR state IN ('collecting', 'nothing-to-post', 'withdrawn')),
            CHECK (state <> 'nothing-to-post' OR total = 0),
            CHECK (state NOT IN ('collecting', 'withdrawn', 'nothing-to-post') OR last_doubt IS NULL)
        )
        """

    private static let indexes = [
        "CREATE INDEX exports_pending ON exports (connection_id, serial) WHERE state = 'pending'",
        "CREATE INDEX exports_checking ON exports (connection_id, look_at, serial) WHERE state = 'checking'",
        "CREATE INDEX exports_in_error ON exports (explanation) WHERE state = 'error'",
        "CREATE INDEX exports_by_state ON exports (state, serial)",
        "CREATE INDEX exports_by_store ON exports (store, state, serial)",
        """
        CREATE INDEX exports_suspect ON exports (connection_id, serial)
        WHERE state = 'pending' AND (too_large_since IS NOT NULL OR unanswered > 0)
        """,
    ]

    private static let rules = [
        """
        CREATE TRIGGER export_keeps_its_company BEFORE UPDATE OF connection_id ON exports
        WHEN NEW.connection_id <> OLD.connection_id
            AND EXISTS (SELECT 1 FROM envelope_items WHERE export_serial = OLD.serial)
        BEGIN SELECT RAISE(ABORT, 'an export with an envelope keeps its company'); END
        """,
        """
        CREATE TRIGGER export_keeps_its_identity
        BEFORE UPDATE OF serial, id, store, date, currency, document_number, created_at ON exports
        BEGIN SELECT RAISE(ABORT, 'an export keeps its identity'); END
        """,
        """
        CREATE TRIGGER export_keeps_its_total BEFORE UPDATE OF total ON exports
        WHEN NEW.total <> OLD.total AND OLD.state <> 'collecting'
        BEGIN SELECT RAISE(ABORT, 'only an export of an open day changes its total'); END
        """,
        """
        CREATE TRIGGER export_keeps_its_document BEFORE UPDATE OF document_kind, operation ON exports
        BEGIN SELECT RAISE(ABORT, 'an export keeps its document'); END
        """,
        """
        CREATE TRIGGER exports_never_vanish BEFORE DELETE ON exports
        BEGIN SELECT RAISE(ABORT, 'what happened stays written'); END
        """,
    ]
}
