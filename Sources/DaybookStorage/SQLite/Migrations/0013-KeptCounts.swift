// SPDX-License-Identifier: Apache-2.0

/// The thirteenth schema: counts, search and keys for pages, so that no page walks the exports.
///
/// Counts are kept by triggers: five verbs change exports, and later ones will. A trigger can't be forgotten.
enum KeptCounts {
    static let statements =
        tables + indexes + fill + triggers + ExportSearchSchema.statements + RetentionSchema.statements

    private static let tables = [
        """
        CREATE TABLE export_counts (
            connection_id INTEGER NOT NULL,
            store INTEGER NOT NULL,
            state TEXT NOT NULL,
            exports INTEGER NOT NULL CHECK (exports >= 0),
            PRIMARY KEY (connection_id, store, state)
        ) WITHOUT ROWID
        """,
        // By the export's date; a day's count does not change with a state, so that posting costs nothing here.
        """
        CREATE TABLE export_days (
            date TEXT NOT NULL,
            connection_id INTEGER NOT NULL,
            store INTEGER NOT NULL,
            exports INTEGER NOT NULL CHECK (exports >= 0),
            PRIMARY KEY (date, connection_id, store)
        ) WITHOUT ROWID
        """,
        // One row for each cause for which exports are in Error; `problem` is empty where the cause is no problem.
        """
        CREATE TABLE export_causes (
            connection_id INTEGER NOT NULL,
            failure TEXT NOT NULL,
            explanation TEXT NOT NULL,
            problem TEXT NOT NULL,
            exports INTEGER NOT NULL CHECK (exports >= 0),
            PRIMARY KEY (connection_id, failure, explanation, problem)
        ) WITHOUT ROWID
        """,
    ]

    /// Each list of the queue is one of these, read from either end.
    private static let indexes = [
        "CREATE INDEX exports_of_company ON exports (connection_id, serial)",
        "CREATE INDEX exports_of_company_by_state ON exports (connection_id, state, serial)",
        // The index above also holds what is pending.
        "DROP INDEX exports_pending",
        // Made again with the columns of the new index, or SQLite would read all that is pending for the few suspects.
        "DROP INDEX exports_suspect",
        """
        CREATE INDEX exports_suspect ON exports (connection_id, state, serial)
        WHERE state = 'pending' AND (too_large_since IS NOT NULL OR unanswered > 0)
        """,
        "CREATE INDEX exports_of_store ON exports (store, serial)",
        "CREATE INDEX exports_by_document ON exports (document_id, serial) WHERE document_id IS NOT NULL",
        """
        CREATE INDEX exports_by_cause ON exports (connection_id, failure, problem, serial)
        WHERE state = 'error' AND problem IS NOT NULL
        """,
    ]

    private static let fill = [
        """
        INSERT INTO export_counts (connection_id, store, state, exports)
        SELECT connection_id, store, state, count(*) FROM exports GROUP BY connection_id, store, state
        """,
        """
        INSERT INTO export_days (date, connection_id, store, exports)
        SELECT date, connection_id, store, count(*) FROM exports GROUP BY date, connection_id, store
        """,
        """
        INSERT INTO export_causes (connection_id, failure, explanation, problem, exports)
        SELECT connection_id, failure, explanation, COALESCE(problem, ''), count(*) FROM exports WHERE state = 'error'
        GROUP BY connection_id, failure, explanation, COALESCE(problem, '')
        """,
    ]

    private static let triggers = [
        """
        CREATE TRIGGER export_is_counted AFTER INSERT ON exports
        BEGIN \(count("NEW", by: 1)); \(countDay("NEW", by: 1)); END
        """,
        """
        CREATE TRIGGER export_count_moves AFTER UPDATE OF connection_id, state ON exports
        WHEN NEW.state <> OLD.state OR NEW.connection_id <> OLD.connection_id
        BEGIN \(count("OLD", by: -1)); \(count("NEW", by: 1)); END
        """,
        """
        CREATE TRIGGER export_day_moves AFTER UPDATE OF connection_id ON exports
        WHEN NEW.connection_id <> OLD.connection_id
        BEGIN \(countDay("OLD", by: -1)); \(countDay("NEW", by: 1)); END
        """,
        """
        CREATE TRIGGER export_cause_is_counted AFTER INSERT ON exports WHEN NEW.state = 'error'
        BEGIN \(countCause); END
        """,
        """
        CREATE TRIGGER export_cause_begins
        AFTER UPDATE OF connection_id, state, failure, explanation, problem ON exports
        WHEN NEW.state = 'error' AND (OLD.state <> 'error' OR \(causeMoves))
        BEGIN \(countCause); END
        """,
        """
        CREATE TRIGGER export_cause_ends
        AFTER UPDATE OF connection_id, state, failure, explanation, problem ON exports
        WHEN OLD.state = 'error' AND (NEW.state <> 'error' OR \(causeMoves))
        BEGIN
            UPDATE export_causes SET exports = exports - 1 WHERE \(isOldCause);
            DELETE FROM export_causes WHERE \(isOldCause) AND exports = 0;
        END
        """,
    ]

    private static func count(_ row: String, by step: Int) -> String {
        step < 0
            ? """
            UPDATE export_counts SET exports = exports - 1
            WHERE connection_id = \(row).connection_id AND store = \(row).store AND state = \(row).state
            """
            : """
            INSERT INTO export_counts (connection_id, store, state, exports)
            VALUES (\(row).connection_id, \(row).store, \(row).state, 1)
            ON CONFLICT (connection_id, store, state) DO UPDATE SET exports = exports + 1
            """
    }

    private static func countDay(_ row: String, by step: Int) -> String {
        step < 0
            ? """
            UPDATE export_days SET exports = exports - 1
            WHERE date = \(row).date AND connection_id = \(row).connection_id AND store = \(row).store
            """
            : """
            INSERT INTO export_days (date, connection_id, store, exports)
            VALUES (\(row).date, \(row).connection_id, \(row).store, 1)
            ON CONFLICT (date, connection_id, store) DO UPDATE SET exports = exports + 1
            """
    }

    private static let countCause = """
        INSERT INTO export_causes (connection_id, failure, explanation, problem, exports)
        VALUES (NEW.connection_id, NEW.failure, NEW.explanation, COALESCE(NEW.problem, ''), 1)
        ON CONFLICT (connection_id, failure, explanation, problem) DO UPDATE SET exports = exports + 1
        """

    private static let causeMoves = """
        NEW.connection_id <> OLD.connection_id OR NEW.failure <> OLD.failure OR NEW.explanation <> OLD.explanation
            OR COALESCE(NEW.problem, '') <> COALESCE(OLD.problem, '')
        """

    private static let isOldCause = """
        connection_id = OLD.connection_id AND failure = OLD.failure AND explanation = OLD.explanation
            AND problem = COALESCE(OLD.problem, '')
        """
}
