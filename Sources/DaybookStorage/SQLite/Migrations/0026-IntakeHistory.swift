// SPDX-License-Identifier: Apache-2.0

/// The twenty-sixth schema: which file brought a transaction, files that can be taken back, and which days a source has
/// told of.
///
/// A transaction that was taken back stays, and frees its key. SQLite removes no rule of a table that is there, so
/// transactions and files move to new ones.
enum IntakeHistory {
    static let statements =
        [
            // Other tables' triggers name the table that is replaced.
            "PRAGMA legacy_alter_table = ON",
            newFiles,
            "INSERT INTO files_with_ways (\(fileColumns), way) SELECT \(fileColumns), 'page' FROM received_files",
            "DROP TABLE received_files",
            "ALTER TABLE files_with_ways RENAME TO received_files",
            "CREATE UNIQUE INDEX received_files_by_identity ON received_files (identity) WHERE identity IS NOT NULL",
            newTransactions,
            """
            INSERT INTO transactions_with_files (\(transactionColumns), day_cover)
            SELECT \(transactionColumns), CASE WHEN EXISTS (SELECT 1 FROM entry_lines l
                WHERE l.transaction_serial = transactions.serial AND l.account_source IS NOT NULL)
                THEN 'ledger-day' ELSE 'transactions' END FROM transactions
            """,
            "DROP TABLE transactions",
            "ALTER TABLE transactions_with_files RENAME TO transactions",
            "PRAGMA legacy_alter_table = OFF",
        ] + indexes + rules + days + identities

    private static let fileColumns = """
        id, name, size, received_at, received_by, state, recorded, repeated, refused, profile, decided_at, decided_by, \
        content
        """

    private static let newFiles = """
        CREATE TABLE files_with_ways (
            id INTEGER NOT NULL PRIMARY KEY,
            name TEXT NOT NULL,
            size INTEGER NOT NULL CHECK (size >= 0),
            received_at INTEGER NOT NULL,
            received_by TEXT NOT NULL,
            way TEXT NOT NULL CHECK (way IN ('page', 'command', 'api', 'inbox')),
            identity TEXT,
            state TEXT NOT NULL CHECK (state IN ('waiting', 'taken', 'refused', 'discarded', 'taken-back')),
            recorded INTEGER,
            repeated INTEGER,
            refused INTEGER,
            reason TEXT,
            profile TEXT,
            decided_at INTEGER,
            decided_by TEXT,
            taken_back_at INTEGER,
            taken_back_by TEXT,
            content BLOB,
            CHECK ((state = 'waiting') = (content IS NOT NULL)),
            CHECK ((state = 'waiting') = (decided_at IS NULL)),
            CHECK ((state = 'taken-back') = (taken_back_at IS NOT NULL))
        )
        """

    private static let transactionColumns = """
        serial, source, store, id, revision, kind, date, customer_name, contract, search, content, recorded_at, \
        customer_id, content_code
        """

    private static let newTransactions = """
        CREATE TABLE transactions_with_files (
            serial INTEGER NOT NULL PRIMARY KEY,
            source TEXT NOT NULL,
            store INTEGER NOT NULL CHECK (store BETWEEN 1 AND 9999),
            id TEXT NOT NULL,
            revision INTEGER NOT NULL CHECK (revision >= 1),
            kind TEXT NOT NULL,
            date TEXT NOT NULL,
            customer_name TEXT,
            contract TEXT,
            search TEXT NOT NULL,
            content TEXT NOT NULL,
            recorded_at INTEGER NOT NULL,
            customer_id TEXT,
            content_code BLOB,
            file_id INTEGER REFERENCES received_files (id),
            day_cover TEXT CHECK (day_cover IN ('transactions', 'ledger-day', 'ledger-month')),
            taken_back_at INTEGER
        )
        """

    private static let indexes = [
        """
        CREATE UNIQUE INDEX transactions_by_key ON transactions (source, store, id, revision)
        WHERE taken_back_at IS NULL
        """,
        """
        CREATE INDEX transactions_of_customer ON transactions (source, customer_id, date)
        WHERE customer_id IS NOT NULL
        """,
        "CREATE INDEX transactions_of_file ON transactions (file_id, serial) WHERE file_id IS NOT NULL",
    ]

    private static let rules = [
        """
        CREATE TRIGGER transactions_never_vanish BEFORE DELETE ON transactions
        BEGIN SELECT RAISE(ABORT, 'what happened stays written'); END
        """,
        """
        CREATE TRIGGER transactions_never_change BEFORE UPDATE ON transactions
        WHEN NOT ((\(isAnonymizing)) OR (\(isTakingBack)))
        BEGIN SELECT RAISE(ABORT, 'what happened stays as it was written'); END
        """,
    ]

    private static let isAnonymizing = """
        \(kept(["serial", "source", "store", "id", "revision", "kind", "date", "contract", "recorded_at", "file_id",
                "day_cover", "taken_back_at"]))
            AND OLD.content_code IS NULL AND length(NEW.content_code) = 32 AND NEW.search = ''
            AND EXISTS (SELECT 1 FROM customer_anonymizations a
                WHERE a.source = OLD.source AND a.customer_id = OLD.customer_id AND a.last_transaction >= OLD.serial
                    AND NEW.customer_id = 'former-' || a.code AND NEW.customer_name = 'Former customer ' || a.code)
        """

    private static let isTakingBack = """
        \(kept(["serial", "source", "store", "id", "revision", "kind", "date", "customer_name", "contract", "search",
                "content", "recorded_at", "customer_id", "content_code", "file_id", "day_cover"]))
            AND OLD.taken_back_at IS NULL AND NEW.taken_back_at IS NOT NULL AND OLD.file_id IS NOT NULL
        """

    private static func kept(_ columns: [String]) -> String {
        columns.map { "NEW.\($0) IS OLD.\($0)" }.joined(separator: " AND ")
    }

    /// An export that was taken back and was in no envelope gives up its id and its number, so that the transaction has the
    /// same ones when it comes again.
    private static let identities = [
        "DROP TRIGGER export_keeps_its_identity",
        """
        CREATE TRIGGER export_keeps_its_identity
        BEFORE UPDATE OF serial, id, store, date, currency, document_number, created_at ON exports
        WHEN NOT (OLD.state = 'withdrawn' AND NEW.state = 'withdrawn' AND NEW.id = 'taken-back-' || OLD.serial
            AND NEW.document_number = OLD.document_number || '/' || OLD.serial
            AND \(kept(["serial", "store", "date", "currency", "created_at"]))
            AND NOT EXISTS (SELECT 1 FROM envelope_items i WHERE i.export_serial = OLD.serial))
        BEGIN SELECT RAISE(ABORT, 'an export keeps its identity'); END
        """,
    ]

    private static let days = [
        // The first day of the month where the cover is a month's.
        """
        CREATE TABLE intake_days (
            store INTEGER NOT NULL,
            date TEXT NOT NULL,
            source TEXT NOT NULL,
            cover TEXT NOT NULL CHECK (cover IN ('transactions', 'ledger-day', 'ledger-month')),
            transactions INTEGER NOT NULL CHECK (transactions >= 0),
            PRIMARY KEY (store, date, source, cover)
        ) WITHOUT ROWID
        """,
        """
        INSERT INTO intake_days (store, date, source, cover, transactions)
        SELECT store, date, source, day_cover, count(*) FROM transactions GROUP BY store, date, source, day_cover
        """,
    ]
}
