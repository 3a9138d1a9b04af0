// SPDX-License-Identifier: Apache-2.0
import Daybook

/// The search over exports by SQLite's FTS5.
struct FTS5Search: ExportSearch {
    let matches = "export_search MATCH $"
    let foundSerial = "export_search.rowid"
    // CROSS JOIN: SQLite keeps the order in which the two are written.
    let foundExports = "export_search CROSS JOIN exports e ON e.serial = export_search.rowid"

    /// How many letters or digits a word has at least that also finds longer words: too many begin with a shorter one.
    private static let shortestPrefix = 3

    func index(_ exports: [Int64], in sql: any SQLConnection) throws {
        try sql.runEachPiece(of: exports.map { [.integer($0)] }) { list in
            """
            INSERT INTO export_search (rowid, words)
            SELECT serial, words FROM export_search_text WHERE serial IN (VALUES \(list))
            """
        }
    }

    /// The index keeps no text, so FTS5 is told the words that were in it.
    func remove(_ exports: [Int64], in sql: any SQLConnection) throws {
        try sql.runEachPiece(of: exports.map { [.integer($0)] }) { list in
            """
            INSERT INTO export_search (export_search, rowid, words)
            SELECT 'delete', serial, words FROM export_search_text WHERE serial IN (VALUES \(list))
            """
        }
    }

    /// FTS5 only marks a word as gone, until the parts of the index that hold word and mark are merged.
    ///
    /// A negative number of pages merges all parts, as `optimize` does, some pages at a time; it has changed fewer than
    /// two rows when there is nothing left to merge.
    func eraseRemoved(in sql: any SQLConnection) throws -> Bool {
        let before = try changes(in: sql)
        try sql.run("INSERT INTO export_search (export_search, rank) VALUES ('merge', -\(Self.pagesOfStep))", [])
        return try changes(in: sql) - before < 2
    }

    private static let pagesOfStep = 500

    private func changes(in sql: any SQLConnection) throws -> Int64 {
        var row = try sql.row("SELECT total_changes()")
        return try row?.integer() ?? 0
    }

    /// FTS5 reads all that a prefix finds before it answers, and a whole word only as far as it is asked.
    func isCommon(_ word: SearchWords.Word, in sql: any SQLConnection) throws -> Bool {
        guard begins(word) else { return false }
        var found = try sql.row(
            """
            SELECT count(*) FROM (
                SELECT rowid FROM export_search WHERE export_search MATCH $1 LIMIT \(ExportTotal.cap + 1)) AS found
            """, [.text(quoted(word.text))])
        return try found?.int() ?? 0 > ExportTotal.cap
    }

    /// What a prefix finds is read once; whole words are looked up for each export, because they may be in all of them.
    func lookingUp(_ words: SearchWords) -> (exports: String, condition: String) {
        words.words.contains(where: beginsOthers)
            ? ("exports e", "+e.serial IN (SELECT rowid FROM export_search WHERE \(matches))")
            : ("exports e CROSS JOIN export_search ON export_search.rowid = e.serial", matches)
    }

    /// Every word is quoted, so that nothing that is typed is FTS5's own syntax.
    func query(_ words: SearchWords) -> String { words.words.map(clause).joined(separator: " AND ") }

    private func clause(_ word: SearchWords.Word) -> String {
        if let date = word.date { return prefix("~" + date, if: date.utf8.count == 6) }
        var ways = [prefix(word.text, if: beginsOthers(word)), quoted("@" + word.text)]
        if let amount = word.amount {
            ways.append(prefix("=\(amount.whole)=\(amount.cents ?? "")", if: amount.cents == nil))
        }
        ways += word.kinds.map { quoted("~" + $0.rawValue.replacing("-", with: "")) }
        ways += word.accounts.map { quoted(Self.text(of: $0)) }
        return "(\(ways.joined(separator: " OR ")))"
    }

    /// Whether the word also finds what begins with it.
    private func begins(_ word: SearchWords.Word) -> Bool {
        let last = word.text.split { !$0.isLetter && !$0.isNumber }.last ?? ""
        return last.count >= Self.shortestPrefix && word.amount?.cents == nil
    }

    private func beginsOthers(_ word: SearchWords.Word) -> Bool { begins(word) && !word.isCommon }

    /// As the view writes roles: `@usedequipmentsale @aerial`.
    private static func text(of role: AccountRole) -> String {
        let kind = "@" + role.kind.rawValue.replacing("-", with: "")
        return role.qualifier.map { "\(kind) @\($0.replacing("-", with: ""))" } ?? kind
    }

    private func prefix(_ text: String, if isPrefix: Bool) -> String { quoted(text) + (isPrefix ? " *" : "") }

    private func quoted(_ text: String) -> String { "\"\(text.replacing("\"", with: "\"\""))\"" }
}
