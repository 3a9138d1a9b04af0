// SPDX-License-Identifier: Apache-2.0

/// The fourteenth schema: transactions whose amounts are all zero, which no leg ties to their export.
enum WithoutLegs {
    static let statements = [
        """
        CREATE TABLE transactions_without_legs (
            transaction_serial INTEGER NOT NULL PRIMARY KEY REFERENCES transactions (serial),
            export_serial INTEGER NOT NULL REFERENCES exports (serial)
        )
        """,
        "CREATE INDEX transactions_without_legs_of_export ON transactions_without_legs (export_serial)",
        """
        CREATE TRIGGER transactions_without_legs_never_change BEFORE UPDATE ON transactions_without_legs
        BEGIN SELECT RAISE(ABORT, 'what happened stays as it was written'); END
        """,
        """
        CREATE TRIGGER transactions_without_legs_never_vanish BEFORE DELETE ON transactions_without_legs
        BEGIN SELECT RAISE(ABORT, 'what happened stays written'); END
        """,
        // A row for each leg.
        """
        CREATE VIEW export_transactions AS
        SELECT export_serial, transaction_serial FROM entry_lines
        UNION ALL SELECT export_serial, transaction_serial FROM transactions_without_legs
        """,
        // The words of the exports that are there stay as they are.
        "DROP VIEW export_search_text",
        ExportSearchSchema.view(transactionsBy: "export_transactions", withKinds: false),
    ]
}
