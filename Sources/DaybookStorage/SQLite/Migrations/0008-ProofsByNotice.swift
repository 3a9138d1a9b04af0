// SPDX-License-Identifier: Apache-2.0

/// The eighth schema: a proof of absence names the notice it was made for, and documents that a person was told of are
/// kept.
enum ProofsByNotice {
    static let statements = [
        "ALTER TABLE exports ADD COLUMN doubt_copy INTEGER",
        "ALTER TABLE exports ADD COLUMN absent_copy INTEGER",
        // Before, a proof counted when its look began the usual horizon of 130 s after the notice.
        """
        UPDATE exports SET absent_copy = (
            SELECT max(c.serial) FROM restored_copies c
            WHERE (c.connection_id IS NULL OR c.connection_id = exports.connection_id)
                AND c.noticed_at + 130000 <= exports.absent_at)
        WHERE absent_at IS NOT NULL AND state <> 'exported'
        """,
        """
        UPDATE exports SET doubt_copy = (
            SELECT max(c.serial) FROM restored_copies c
            WHERE (c.connection_id IS NULL OR c.connection_id = exports.connection_id)
                AND c.noticed_at <= exports.doubt_since)
        WHERE state = 'checking'
        """,
        "ALTER TABLE unknown_documents ADD COLUMN created_since INTEGER",
        // What each survey asked from: the last sending before it, less the clocks' difference of five minutes.
        """
        UPDATE unknown_documents SET created_since = COALESCE(
            (SELECT max(s.sent_at) FROM sendings s
                WHERE s.connection_id = unknown_documents.connection_id AND s.sent_at <= unknown_documents.found_at),
            (SELECT min(n.at) FROM connection_notes n WHERE n.connection_id = unknown_documents.connection_id),
            found_at) - 300000
        """,
        "CREATE INDEX unknown_documents_of_export ON unknown_documents (export_id)",
        """
        CREATE TABLE told_documents (
            connection_id INTEGER NOT NULL REFERENCES connections (id),
            document_id TEXT NOT NULL,
            told_at INTEGER NOT NULL,
            PRIMARY KEY (connection_id, document_id)
        )
        """,
    ]
}
