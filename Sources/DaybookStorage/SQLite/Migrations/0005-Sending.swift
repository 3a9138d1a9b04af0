// SPDX-License-Identifier: Apache-2.0

/// The fifth schema: what decides how a document is sent next is stored, and survives a restart.
enum Sending {
    static let statements = [
        "ALTER TABLE exports ADD COLUMN goes_alone INTEGER NOT NULL DEFAULT 0 CHECK (goes_alone IN (0, 1))",
        "ALTER TABLE exports ADD COLUMN number_taken INTEGER NOT NULL DEFAULT 0 CHECK (number_taken IN (0, 1))",
        "ALTER TABLE exports ADD COLUMN unanswered INTEGER NOT NULL DEFAULT 0 CHECK (unanswered >= 0)",
        "ALTER TABLE exports ADD COLUMN unanswered_at INTEGER",
        "ALTER TABLE exports ADD COLUMN too_large_since INTEGER",
        "ALTER TABLE envelopes ADD COLUMN realm_id TEXT",
        """
        CREATE TABLE sending_states (
            connection_id INTEGER NOT NULL PRIMARY KEY REFERENCES connections (id),
            phase TEXT NOT NULL CHECK (phase IN ('closed', 'open', 'half-open')),
            request_id TEXT REFERENCES envelopes (request_id),
            since INTEGER,
            looks INTEGER NOT NULL CHECK (looks >= 0),
            envelope_limit INTEGER CHECK (envelope_limit > 0),
            answered_at INTEGER,
            CHECK ((phase = 'open') = (request_id IS NOT NULL)),
            CHECK ((phase = 'closed') = (since IS NULL))
        )
        """,
        """
        CREATE TABLE marker_looks (
            connection_id INTEGER NOT NULL PRIMARY KEY REFERENCES connections (id),
            began_at INTEGER NOT NULL,
            span_from INTEGER NOT NULL,
            span_through INTEGER NOT NULL,
            position INTEGER NOT NULL CHECK (position > 0),
            last_id TEXT
        )
        """,
        """
        CREATE TABLE marker_look_exports (
            connection_id INTEGER NOT NULL REFERENCES marker_looks (connection_id),
            export_serial INTEGER NOT NULL REFERENCES exports (serial),
            PRIMARY KEY (connection_id, export_serial)
        )
        """,
        """
        CREATE TABLE marker_look_sightings (
            connection_id INTEGER NOT NULL REFERENCES marker_looks (connection_id),
            document_id TEXT NOT NULL,
            export_serial INTEGER NOT NULL REFERENCES exports (serial),
            sync_token TEXT,
            PRIMARY KEY (connection_id, document_id)
        )
        """,
    ]
}
