// SPDX-License-Identifier: Apache-2.0

/// The words of each export, indexed by SQLite's FTS5.
///
/// The view states what an export is found by. The index keeps no copy of it: what the view reads never changes, so the
/// index is only added to, and FTS5's own `rebuild` and `integrity-check` can be run at any time. Words that every
/// export has, such as its document's kind, are left out: they narrow nothing.
enum ExportSearchSchema {
    static let statements = statements(of: view(transactionsBy: "entry_lines", withKinds: false))

    /// The view, and an index of it that is made anew.
    static func statements(of view: String) -> [String] {
        [
            view,
            // `~` begins a date or a kind, `=` an amount and `@` an account, which no word that a person types does.
            """
            CREATE VIRTUAL TABLE export_search USING fts5 (
                words, content = 'export_search_text', content_rowid = 'serial', columnsize = 0,
                tokenize = 'unicode61 remove_diacritics 2 tokenchars ''~=@'''
            )
            """,
            "INSERT INTO export_search (export_search) VALUES ('rebuild')",
        ]
    }

    /// - Parameters:
    ///   - table: Which transactions are in which export.
    ///   - withKinds: Whether the transactions' kinds are among the words.
    static func view(transactionsBy table: String, withKinds: Bool) -> String {
        """
        CREATE VIEW export_search_text AS SELECT e.serial AS serial,
            e.document_number || ' ' || COALESCE((\(transactions(by: table, withKinds: withKinds))), '')
                || ' ~' || replace(e.date, '-', '') || ' ' || \(amount("e.total"))
                || ' ' || COALESCE((\(amounts)), '') || ' ' || COALESCE((\(accounts)), '') AS words
        FROM exports e
        """
    }

    /// The kind `deposit-taken` is the word `~deposittaken`.
    private static func transactions(by table: String, withKinds: Bool) -> String {
        """
        SELECT group_concat(t.id || ' ' || \(withKinds ? "'~' || replace(t.kind, '-', '') || ' ' || " : "")\
        COALESCE(t.contract, '') || ' ' || COALESCE(t.customer_name, '') || ' ' ||
            CASE WHEN instr(t.content, '"memo":"') > 0 THEN \(memo) ELSE '' END, ' ')
        FROM transactions t
        WHERE t.serial IN (SELECT l.transaction_serial FROM \(table) l WHERE l.export_serial = e.serial)
        """
    }

    /// A memo is in the transaction's canonical text alone, and another member follows it there.
    ///
    /// A view may not call SQLite's JSON functions, because the schema is not trusted.
    private static let memo = """
        replace(replace(replace(replace(substr(\(fromMemo), 1, instr(\(fromMemo), '","') - 1),
            '\\n', ' '), '~', ' '), '=', ' '), '@', ' ')
        """

    private static let fromMemo = #"substr(t.content, instr(t.content, '"memo":"') + 8)"#

    private static let amounts = """
        SELECT group_concat(\(amount("amounts.amount")), ' ') FROM (
            SELECT DISTINCT amount FROM entry_lines WHERE export_serial = e.serial) amounts
        """

    /// Account numbers as `@4010`, and roles as `@usedequipmentsale @aerial` for `used-equipment-sale[aerial]`.
    private static let accounts = """
        SELECT group_concat('@' || account, ' ') FROM (
            SELECT DISTINCT COALESCE(number, replace(replace(role, '-', ''), '[', ' @')) AS account
            FROM entry_lines WHERE export_serial = e.serial) accounts
        """

    /// 1,234.50 as `=1234=50`, so that it is one word.
    private static func amount(_ column: String) -> String {
        """
        CASE WHEN e.currency IN ('JPY', 'KRW', 'CLP', 'VND', 'ISK', 'XAF', 'XOF', 'XPF')
            THEN printf('=%d=00', \(column)) ELSE printf('=%d=%02d', \(column) / 100, \(column) % 100) END
        """
    }
}
