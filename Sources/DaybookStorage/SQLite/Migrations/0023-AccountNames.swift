// SPDX-License-Identifier: Apache-2.0

/// The twenty-third schema: lines that name an account as a counter's file does, and the account that a person chose for
/// each such name.
enum AccountNames {
    static let statements = [
        // The counter whose name for an account `number` is; null where it is an account's number.
        "ALTER TABLE entry_lines ADD COLUMN account_source TEXT CHECK (account_source IS NULL OR number IS NOT NULL)",
        """
        CREATE TABLE account_names (
            connection_id INTEGER NOT NULL REFERENCES connections (id),
            source TEXT NOT NULL,
            name TEXT NOT NULL,
            name_key TEXT NOT NULL,
            account_id TEXT,
            account_name TEXT,
            PRIMARY KEY (connection_id, source, name_key),
            CHECK ((account_id IS NULL) = (account_name IS NULL))
        )
        """,
    ]
}
