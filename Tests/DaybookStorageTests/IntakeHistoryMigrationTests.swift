// SPDX-License-Identifier: Apache-2.0
import Daybook
import Foundation
import GRDB
import Testing

@testable import DaybookStorage

@Suite("A database of the version before files had a history")
struct IntakeHistoryMigrationTests {
    /// A ledger's journal, an invoice of an anonymized customer, and a file in each state that there was.
    private func fill(_ database: Database) throws {
        try database.execute(
            sql: """
                INSERT INTO transactions (serial, source, store, id, revision, kind, date, search, content, recorded_at)
                VALUES (1, 'elite', 1, 'PR1', 1, 'journal', '2023-11-14', '', '{}', 1);
                INSERT INTO transactions (serial, source, store, id, revision, kind, date, search, content, recorded_at,
                    customer_id, customer_name, content_code)
                VALUES (2, 'counter', 2, 'R1', 1, 'invoice', '2023-11-15', '', '{}', 2, 'former-x', 'Former customer x',
                    zeroblob(32));
                """)
        for serial in 1...2 {
            try database.execute(
                sql: """
                    INSERT INTO exports (serial, id, connection_id, store, date, total, currency, document_number, note,
                        created_at, state, document_kind, operation)
                    VALUES (?, ?, 1, 1, '2023-11-14', 100, 'USD', ?, '', 1, 'pending', 'journal-entry', 'create');
                    """, arguments: [serial, "E\(serial)", "1-\(serial)"])
            try database.execute(
                sql: """
                    INSERT INTO entry_lines (transaction_serial, position, export_serial, store, role, number,
                        account_source, side, amount, text)
                    VALUES (?, 0, ?, 1, ?, ?, ?, 'debit', 100, '')
                    """,
                arguments: serial == 1
                    ? [1, 1, nil, "Drawer", "elite"] : [2, 2, "cash-drawer", nil, nil])
        }
        for (id, state) in [(1, "waiting"), (2, "taken"), (3, "discarded")] {
            try database.execute(
                sql: """
                    INSERT INTO received_files (id, name, size, received_at, received_by, state, recorded, repeated, refused,
                        decided_at, decided_by, content)
                    VALUES (?, 'a.csv', 3, 1, 'pat', ?, ?, ?, ?, ?, ?, ?)
                    """,
                arguments: id == 1
                    ? [id, state, nil, nil, nil, nil, nil, Data([1, 2, 3])] : [id, state, 2, 1, 0, 5, "kim", nil])
        }
    }

    private func migrated(_ body: (SQLiteStorage, String) async throws -> Void) async throws {
        try await withFolder { folder in
            let path = folder + "/daybook.db"
            let database = try SQLiteSettings.openFile(at: path)
            try Migrations.all(.forTests).migrate(database, upTo: "0025-received-files")
            try await database.write { try fill($0) }
            try database.close()
            let storage = try SQLiteStorage(at: .file(path), sealer: .forTests)
            try await body(storage, path)
            try storage.close()
        }
    }

    @Test("keeps its transactions and files; each day has its cover, and nothing leads nowhere")
    func kept() async throws {
        try await migrated { storage, _ in
            let key = Transaction.Key(source: "elite", store: .defaults, id: "PR1")
            #expect(try await storage.transaction(key: key)?.exports.map(\.serial) == [1])
            let files = try await storage.receivedFiles(limit: 9)
            #expect(files.map(\.state) == [.discarded, .taken, .waiting] && files.allSatisfy { $0.way == .page })
            #expect(files[1].counts == .init(recorded: 2, repeated: 1, refused: 0) && files[1].decidedBy == "kim")
            #expect(try await storage.receivedFile(ReceivedFile.ID(1))?.content == [1, 2, 3])
            let (days, broken) = try await storage.read { sql in
                (
                    try sql.rows("SELECT source, cover FROM intake_days ORDER BY source", []).reading {
                        "\(try $0.text()) \(try $0.text())"
                    }, try sql.rows("PRAGMA foreign_key_check", []).count
                )
            }
            #expect(days == ["counter transactions", "elite ledger-day"] && broken == 0)
        }
    }

    @Test(
        "no transaction changes but by being taken back, once, with its file",
        arguments: [
            "UPDATE transactions SET taken_back_at = 5 WHERE serial = 1",
            "UPDATE transactions SET content = 'x' WHERE serial = 1",
            "UPDATE transactions SET file_id = 2 WHERE serial = 1",
            "DELETE FROM transactions WHERE serial = 1", "UPDATE exports SET id = 'x' WHERE serial = 1",
            "UPDATE exports SET document_number = '1-1/1', id = 'taken-back-1' WHERE serial = 1",
        ])
    func rules(_ statement: String) async throws {
        try await migrated { storage, _ in
            await #expect(throws: (any Error).self) { try await storage.write { _ = try $0.run(statement, []) } }
        }
    }

    @Test("what has no file has the same key as before: it comes again as a repeat or a conflict")
    func keys() async throws {
        try await migrated { storage, _ in
            let twice = """
                INSERT INTO transactions (source, store, id, revision, kind, date, search, content, recorded_at)
                VALUES ('elite', 1, 'PR1', 1, 'journal', '2023-11-14', '', '{}', 1)
                """
            await #expect(throws: (any Error).self) { try await storage.write { _ = try $0.run(twice, []) } }
        }
    }
}
