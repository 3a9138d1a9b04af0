// SPDX-License-Identifier: Apache-2.0

/// What may go after some time: the body of an envelope that is settled, and the middle of a settled export's history.
enum RetentionSchema {
    static let statements = [
        "ALTER TABLE envelopes ADD COLUMN body_removed_at INTEGER",
        "CREATE INDEX envelopes_with_body ON envelopes (prepared_at) WHERE phase = 'closed' AND body_removed_at IS NULL",
        "DROP TRIGGER envelope_is_frozen",
        """
        CREATE TRIGGER envelope_is_frozen
        BEFORE UPDATE OF request_id, connection_id, target, sha256, prepared_at ON envelopes
        BEGIN SELECT RAISE(ABORT, 'an envelope never changes'); END
        """,
        """
        CREATE TRIGGER envelope_body_is_frozen BEFORE UPDATE OF body, body_removed_at ON envelopes
        WHEN NOT (NEW.body = x'' AND OLD.body_removed_at IS NULL AND NEW.body_removed_at IS NOT NULL
            AND OLD.phase = 'closed' AND NOT EXISTS (
                SELECT 1 FROM envelope_items i JOIN exports e ON e.serial = i.export_serial
                WHERE i.request_id = OLD.request_id AND e.state IN ('exporting', 'checking')))
        BEGIN SELECT RAISE(ABORT, 'the body of an envelope goes only when nothing depends on it'); END
        """,
        "DROP TRIGGER export_notes_never_vanish",
        """
        CREATE TRIGGER export_notes_never_vanish BEFORE DELETE ON export_notes
        WHEN NOT (EXISTS (SELECT 1 FROM exports WHERE serial = OLD.export_serial AND state = 'exported')
            AND EXISTS (SELECT 1 FROM export_notes
                WHERE export_serial = OLD.export_serial AND serial < OLD.serial)
            AND EXISTS (SELECT 1 FROM export_notes
                WHERE export_serial = OLD.export_serial AND serial > OLD.serial))
        BEGIN SELECT RAISE(ABORT, 'what happened stays written'); END
        """,
        // The last note that was looked at; each is looked at once, when it is old enough.
        "CREATE TABLE note_retention (id INTEGER NOT NULL PRIMARY KEY CHECK (id = 1), serial INTEGER NOT NULL)",
        "INSERT INTO note_retention (id, serial) VALUES (1, 0)",
    ]
}
