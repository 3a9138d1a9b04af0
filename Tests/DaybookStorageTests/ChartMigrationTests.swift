// SPDX-License-Identifier: Apache-2.0
import Daybook
import Foundation
import GRDB
import Testing

@testable import DaybookStorage

@Suite("A database of the version before charts were kept")
struct ChartMigrationTests {
    /// Two exports of store 3, one of them excluded, and one of store 4, which has a name.
    private func fill(_ database: Database) throws {
        try database.execute(
            sql: "INSERT INTO stores (number, name, connection_id) VALUES (4, 'Harbor', 1)")
        for (serial, store, state, role) in [
            (1, 3, "excluded", "bank"), (2, 3, "pending", "rental"), (3, 4, "on-hold", "fuel"),
        ] {
            try database.execute(
                sql: """
                    INSERT INTO transactions (serial, source, store, id, revision, kind, date, search, content, recorded_at)
                    VALUES (?, 'elite', ?, ?, 1, 'invoice', '2023-11-14', '', '{}', 1)
                    """, arguments: [serial, store, "T\(serial)"])
            try database.execute(
                sql: """
                    INSERT INTO exports (serial, id, connection_id, store, date, total, currency, document_number, note,
                        created_at, state, document_kind, operation)
                    VALUES (?, ?, 1, ?, '2023-11-14', 100, 'USD', ?, '', 1, ?, 'journal-entry', 'create')
                    """,
                arguments: [serial, "E\(serial)", store, "1-\(serial)", state])
            try database.execute(
                sql: """
                    INSERT INTO entry_lines (transaction_serial, position, export_serial, store, role, side, amount, text)
                    VALUES (?, 0, ?, ?, ?, 'debit', 100, '')
                    """, arguments: [serial, serial, store, role])
        }
    }

    @Test("its stores post as they did, and what waits is needed")
    func migrated() async throws {
        try await withFolder { folder in
            let path = folder + "/daybook.db"
            let database = try SQLiteSettings.openFile(at: path)
            try Migrations.all(.forTests).migrate(database, upTo: "0026-intake-history")
            try await database.write { try fill($0) }
            try database.close()
            let storage = try SQLiteStorage(at: .file(path), sealer: .forTests)
            let stores = try await storage.books().stores
            #expect(stores.map(\.number.value) == [3, 4] && stores.map(\.name) == ["Store 3", "Harbor"])
            let needs = try await storage.accountNeeds()
            #expect(needs.sorted().map { "\($0.store) \($0.name)" } == ["3 Rental income", "4 Fuel sales"])
            try storage.close()
        }
    }
}
