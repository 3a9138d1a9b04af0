// SPDX-License-Identifier: Apache-2.0

/// The twenty-seventh schema: each company's chart of accounts, the accounts that roles have there, and what transactions
/// post to.
///
/// What is kept of a company's chart holds for that company alone: `company_id` is the one that it was read from.
enum Charts {
    static let statements =
        tables + [
            // Stores that transactions named before stores had to be confirmed post as they did.
            """
            INSERT INTO stores (number, name, connection_id)
            SELECT s.store, 'Store ' || s.store, 1
            FROM (SELECT store FROM exports UNION SELECT store FROM entry_lines) s
            WHERE s.store <> 1 AND NOT EXISTS (SELECT 1 FROM stores k WHERE k.number = s.store)
            """,
            """
            INSERT INTO account_needs (store, role, number, source)
            SELECT DISTINCT l.store, COALESCE(l.role, ''), COALESCE(l.number, ''), COALESCE(l.account_source, '')
            FROM exports e JOIN entry_lines l ON l.export_serial = e.serial
            WHERE e.state NOT IN ('exported', 'excluded', 'withdrawn', 'nothing-to-post')
            """,
        ]

    private static let tables = [
        """
        CREATE TABLE charts (
            connection_id INTEGER NOT NULL PRIMARY KEY REFERENCES connections (id),
            company_id INTEGER NOT NULL,
            content TEXT NOT NULL
        )
        """,
        """
        CREATE TABLE role_accounts (
            connection_id INTEGER NOT NULL REFERENCES connections (id),
            company_id INTEGER NOT NULL,
            store INTEGER NOT NULL CHECK (store BETWEEN 1 AND 9999),
            role TEXT NOT NULL,
            account_id TEXT NOT NULL,
            account_name TEXT NOT NULL,
            number TEXT,
            is_confirmed INTEGER NOT NULL CHECK (is_confirmed IN (0, 1)),
            PRIMARY KEY (connection_id, store, role)
        )
        """,
        // As a line names its account; empty where it says nothing.
        """
        CREATE TABLE account_needs (
            store INTEGER NOT NULL CHECK (store BETWEEN 1 AND 9999),
            role TEXT NOT NULL,
            number TEXT NOT NULL,
            source TEXT NOT NULL,
            PRIMARY KEY (store, role, number, source)
        )
        """,
    ]
}
