// SPDX-License-Identifier: Apache-2.0

/// The twenty-fifth schema: files that people dropped on the page, with what became of them.
enum ReceivedFiles {
    static let statements = [
        """
        CREATE TABLE received_files (
            id INTEGER NOT NULL PRIMARY KEY,
            name TEXT NOT NULL,
            size INTEGER NOT NULL CHECK (size >= 0),
            received_at INTEGER NOT NULL,
            received_by TEXT NOT NULL,
            state TEXT NOT NULL CHECK (state IN ('waiting', 'taken', 'discarded')),
            recorded INTEGER,
            repeated INTEGER,
            refused INTEGER,
            profile TEXT,
            decided_at INTEGER,
            decided_by TEXT,
            content BLOB,
            CHECK ((state = 'waiting') = (content IS NOT NULL)),
            CHECK ((state = 'waiting') = (decided_at IS NULL))
        )
        """
    ]
}
