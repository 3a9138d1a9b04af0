// SPDX-License-Identifier: Apache-2.0

/// The ninth schema: whether a document that was refused as too large is the cause itself, an index by which suspects
/// are read apart from other exports, and how many entries a page of a look by marker holds.
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
