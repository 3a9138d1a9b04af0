// SPDX-License-Identifier: Apache-2.0

/// What no statement may do.
extension InitialSchema {
    static let rules =
        [
            """
            CREATE TRIGGER export_keeps_its_company BEFORE UPDATE OF connection_id ON exports
            WHEN NEW.connection_id <> OLD.connection_id
                AND EXISTS (SELECT 1 FROM envelope_items WHERE export_serial = OLD.serial)
            BEGIN SELECT RAISE(ABORT, 'an export with an envelope keeps its company'); END
            """,
            """
            CREATE TRIGGER export_keeps_its_identity
            BEFORE UPDATE OF serial, id, store, date, total, currency, document_number, created_at ON exports
            BEGIN SELECT RAISE(ABORT, 'an export keeps its identity'); END
            """,
            """
            CREATE TRIGGER envelope_is_frozen
            BEFORE UPDATE OF request_id, connection_id, target, body, sha256, prepared_at ON envelopes
            BEGIN SELECT RAISE(ABORT, 'an envelope never changes'); END
            """,
            """
            CREATE TRIGGER closed_envelope_stays_closed BEFORE UPDATE OF phase ON envelopes
            WHEN OLD.phase = 'closed' AND NEW.phase <> 'closed'
            BEGIN SELECT RAISE(ABORT, 'a closed envelope is never sent again'); END
            """,
        ]
        + ["transactions", "envelope_items", "sendings", "export_notes", "connection_notes", "acts"].map(neverChanged)
        + [
            "transactions", "entry_lines", "exports", "envelopes", "envelope_items", "sendings", "export_notes",
            "connection_notes", "acts",
        ].map(neverDeleted)

    private static func neverChanged(_ table: String) -> String {
        """
        CREATE TRIGGER \(table)_never_change BEFORE UPDATE ON \(table)
        BEGIN SELECT RAISE(ABORT, 'what happened stays as it was written'); END
        """
    }

    private static func neverDeleted(_ table: String) -> String {
        """
        CREATE TRIGGER \(table)_never_vanish BEFORE DELETE ON \(table)
        BEGIN SELECT RAISE(ABORT, 'what happened stays written'); END
        """
    }
}
