// SPDX-License-Identifier: Apache-2.0

/// The twenty-first schema: customers are found by their numbers, and may be anonymized.
///
/// The rules that forbid a change allow this one alone: of a transaction whose customer somebody decided to anonymize,
/// once.
enum Customers {
    static let statements = [
        """
        CREATE TABLE customer_anonymizations (
            serial INTEGER NOT NULL PRIMARY KEY,
            source TEXT NOT NULL,
            code TEXT NOT NULL,
            customer_id TEXT,
            last_transaction INTEGER NOT NULL,
            transactions INTEGER NOT NULL CHECK (transactions > 0),
            begun_at INTEGER NOT NULL,
            replaced_at INTEGER,
            erased_at INTEGER,
            CHECK ((customer_id IS NULL) = (replaced_at IS NOT NULL)),
            CHECK (erased_at IS NULL OR replaced_at IS NOT NULL)
        )
        """,
        "CREATE INDEX customer_anonymizations_left ON customer_anonymizations (serial) WHERE erased_at IS NULL",
        "CREATE INDEX customer_anonymizations_of ON customer_anonymizations (source, code)",
        """
        CREATE TRIGGER customer_anonymizations_never_vanish BEFORE DELETE ON customer_anonymizations
        BEGIN SELECT RAISE(ABORT, 'what happened stays written'); END
        """,
        "ALTER TABLE transactions ADD COLUMN customer_id TEXT",
        // A code of the content as it came, under a key; nil as long as the content is as it came.
        "ALTER TABLE transactions ADD COLUMN content_code BLOB",
        "DROP TRIGGER transactions_never_change",
        """
        UPDATE transactions SET customer_id = json_extract(content, '$.customer.id')
        WHERE customer_name IS NOT NULL AND json_valid(content)
        """,
        """
        CREATE INDEX transactions_of_customer ON transactions (source, customer_id, date)
        WHERE customer_id IS NOT NULL
        """,
        """
        CREATE TRIGGER transactions_never_change BEFORE UPDATE ON transactions
        WHEN NOT (\(isAnonymizing))
        BEGIN SELECT RAISE(ABORT, 'what happened stays as it was written'); END
        """,
        "DROP TRIGGER export_notes_never_change",
        """
        CREATE TRIGGER export_notes_never_change BEFORE UPDATE ON export_notes
        WHEN NOT (\(kept(["serial", "export_serial", "at", "actor", "intuit_tid"]))
            AND EXISTS (SELECT 1 FROM export_transactions tie JOIN transactions t ON t.serial = tie.transaction_serial
                JOIN customer_anonymizations a ON a.source = t.source AND a.customer_id = t.customer_id
                WHERE tie.export_serial = OLD.export_serial))
        BEGIN SELECT RAISE(ABORT, 'what happened stays as it was written'); END
        """,
    ]

    private static let isAnonymizing = """
        \(kept(["serial", "source", "store", "id", "revision", "kind", "date", "contract", "recorded_at"]))
            AND OLD.content_code IS NULL AND length(NEW.content_code) = 32 AND NEW.search = ''
            AND EXISTS (SELECT 1 FROM customer_anonymizations a
                WHERE a.source = OLD.source AND a.customer_id = OLD.customer_id AND a.last_transaction >= OLD.serial
                    AND NEW.customer_id = 'former-' || a.code AND NEW.customer_name = 'Former customer ' || a.code)
        """

    private static func kept(_ columns: [String]) -> String {
        columns.map { "NEW.\($0) IS OLD.\($0)" }.joined(separator: " AND ")
    }
}
