// SPDX-License-Identifier: Apache-2.0

/// The sixth schema: how far the database has come, and what is known of being a restored copy.
///
/// Exports keep their ids: only new ones are derived.
enum RestoredCopies {
    static let statements = [
        "ALTER TABLE exports ADD COLUMN absent_at INTEGER",
        // 0 until the first envelope under this schema: a folder of an earlier version has no epoch file, and is no
        // copy.
        "CREATE TABLE copy_epoch (id INTEGER NOT NULL PRIMARY KEY CHECK (id = 1), epoch INTEGER NOT NULL)",
        "INSERT INTO copy_epoch (id, epoch) VALUES (1, 0)",
        """
        CREATE TRIGGER epoch_never_goes_back BEFORE UPDATE ON copy_epoch WHEN NEW.epoch <= OLD.epoch
        BEGIN SELECT RAISE(ABORT, 'the epoch never goes back'); END
        """,
        """
        CREATE TABLE restored_copies (
            serial INTEGER NOT NULL PRIMARY KEY,
            connection_id INTEGER REFERENCES connections (id),
            noticed_at INTEGER NOT NULL,
            sign TEXT NOT NULL,
            missing_envelopes INTEGER,
            unknown_documents INTEGER NOT NULL,
            last_serial INTEGER NOT NULL
        )
        """,
        """
        CREATE TABLE unknown_documents (
            connection_id INTEGER NOT NULL REFERENCES connections (id),
            document_id TEXT NOT NULL,
            export_id TEXT NOT NULL,
            document_number TEXT NOT NULL,
            found_at INTEGER NOT NULL,
            PRIMARY KEY (connection_id, document_id)
        )
        """,
        """
        CREATE TABLE posting_stops (
            connection_id INTEGER NOT NULL PRIMARY KEY REFERENCES connections (id),
            stopped_at INTEGER NOT NULL,
            explanation TEXT NOT NULL
        )
        """,
        """
        CREATE TRIGGER restored_copies_never_change BEFORE UPDATE ON restored_copies
        BEGIN SELECT RAISE(ABORT, 'what happened stays as it was written'); END
        """,
        """
        CREATE TRIGGER restored_copies_never_vanish BEFORE DELETE ON restored_copies
        BEGIN SELECT RAISE(ABORT, 'what happened stays written'); END
        """,
    ]
}
