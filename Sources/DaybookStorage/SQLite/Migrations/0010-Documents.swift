// SPDX-License-Identifier: Apache-2.0

/// The tenth schema: what kind of document an export is for, and what the export does with the document.
///
/// All that was taken before makes journal entries. A target is QuickBooks' id and version of the document that is
/// there already; an export may wait for it, an envelope's item has it.
enum Documents {
    static let statements =
        ["exports", "envelope_items", "marker_looks", "unknown_documents"].map(kind)
        + operation(of: "exports", hasTarget: "target_id IS NULL OR operation <> 'create'")
        + operation(of: "envelope_items", hasTarget: "(target_id IS NULL) = (operation = 'create')")
        + [
            """
            CREATE TRIGGER export_keeps_its_document BEFORE UPDATE OF document_kind, operation ON exports
            BEGIN SELECT RAISE(ABORT, 'an export keeps its document'); END
            """
        ]

    private static func kind(of table: String) -> String {
        """
        ALTER TABLE \(table) ADD COLUMN document_kind TEXT NOT NULL DEFAULT 'journal-entry'
        CHECK (document_kind IN ('journal-entry'))
        """
    }

    private static func operation(of table: String, hasTarget: String) -> [String] {
        [
            """
            ALTER TABLE \(table) ADD COLUMN operation TEXT NOT NULL DEFAULT 'create'
            CHECK (operation IN ('create', 'update', 'void', 'delete'))
            """,
            "ALTER TABLE \(table) ADD COLUMN target_id TEXT CHECK (\(hasTarget))",
            """
            ALTER TABLE \(table) ADD COLUMN target_sync_token TEXT
            CHECK ((target_sync_token IS NULL) = (target_id IS NULL))
            """,
        ]
    }
}
