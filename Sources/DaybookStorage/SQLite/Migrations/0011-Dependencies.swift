// SPDX-License-Identifier: Apache-2.0

/// The eleventh schema: which exports go out only after others are exported.
enum Dependencies {
    static let statements = [
        // An export depends only on exports recorded before it, so that no two can wait for each other.
        """
        CREATE TABLE export_dependencies (
            export_serial INTEGER NOT NULL REFERENCES exports (serial),
            depends_on INTEGER NOT NULL REFERENCES exports (serial),
            PRIMARY KEY (export_serial, depends_on),
            CHECK (depends_on < export_serial)
        )
        """,
        // By this index SQLite also finds what refers to a new export.
        "CREATE INDEX export_dependencies_on ON export_dependencies (depends_on)",
        """
        CREATE TRIGGER export_dependencies_never_change BEFORE UPDATE ON export_dependencies
        BEGIN SELECT RAISE(ABORT, 'what happened stays as it was written'); END
        """,
        """
        CREATE TRIGGER export_dependencies_never_vanish BEFORE DELETE ON export_dependencies
        BEGIN SELECT RAISE(ABORT, 'what happened stays written'); END
        """,
    ]
}
