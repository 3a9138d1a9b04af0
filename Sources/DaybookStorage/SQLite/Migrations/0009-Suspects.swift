// SPDX-License-Identifier: Apache-2.0

/// The ninth schema: when a document that is refused as too large is the cause itself, and what may be a cause is read
/// apart from the others; and how many entries a page of a look by marker holds.
enum Suspects {
    static let statements = [
        "ALTER TABLE exports ADD COLUMN too_large_rounds INTEGER NOT NULL DEFAULT 0 CHECK (too_large_rounds >= 0)",
        "ALTER TABLE sending_states ADD COLUMN too_large_at INTEGER",
        """
        CREATE INDEX exports_suspect ON exports (connection_id, serial)
        WHERE state = 'pending' AND (too_large_since IS NOT NULL OR unanswered > 0)
        """,
        "ALTER TABLE marker_looks ADD COLUMN page_size INTEGER NOT NULL DEFAULT 250 CHECK (page_size > 3)",
    ]
}
