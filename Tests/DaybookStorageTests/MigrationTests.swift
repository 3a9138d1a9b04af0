// SPDX-License-Identifier: Apache-2.0
import Daybook
import Foundation
import GRDB
import Testing

@testable import DaybookStorage

@Suite("A database of an earlier version")
struct MigrationTests {
    /// As the first version left it: one app, one connection with a grant, a store and a history.
    private func firstVersion(at path: String) throws {
        let database = try SQLiteSettings.openFile(at: path)
        try Migrations.all.migrate(database, upTo: "0001-the-road")
        let sealer = Sealer.forTests
        let secret = try sealer.seal(
            Secret("canary-secret"),
            in: SealContext(table: "apps", row: "1", column: "client_secret", realm: "ABold"))
        let token = { (column: String) in
            try sealer.seal(
                Secret("canary-\(column)"),
                in: SealContext(table: "connections", row: "1", column: column, realm: "9130", generation: 4))
        }
        let (access, refresh) = (try token("access_token"), try token("refresh_token"))
        try database.write { database in
            try database.execute(
                sql: "INSERT INTO apps (id, client_id, client_secret) VALUES (1, 'ABold', ?)", arguments: [Data(secret)]
            )
            try database.execute(
                sql: """
                    UPDATE connections SET realm_id = '9130', company_name = 'Ridge', generation = 4,
                        access_token = ?, access_expires_at = 5, refresh_token = ?, refresh_token_since = 6,
                        idle_expires_at = 7, hard_expires_at = 8, refreshed_at = 9
                    """, arguments: [Data(access), Data(refresh)])
            try database.execute(sql: "INSERT INTO stores (number, name) VALUES (2, 'North')")
            for text in ["Connected to company 9130.", "Refreshed", "Refreshed; Intuit changed the refresh token"] {
                try database.execute(
                    sql: "INSERT INTO connection_notes (connection_id, at, text, actor) VALUES (1, 1, ?, 'x')",
                    arguments: [text])
            }
        }
        try database.close()
    }

    @Test("keeps its grant, keys, stores and history, which can be counted now")
    func kept() async throws {
        try await withFolder { folder in
            let path = folder + "/daybook.db"
            try firstVersion(at: path)
            let storage = try SQLiteStorage(at: .file(path), sealer: .forTests)
            try await storage.nameEnvironment(.sandbox)
            let connection = try present(try await storage.connection(.first))
            #expect(connection.app == App.Key(environment: .sandbox, clientID: "ABold"))
            #expect(connection.grant?.refreshToken == Secret("canary-refresh_token"))
            #expect(connection.grant?.generation == 4 && connection.grant?.previousTokens == [])
            #expect(try await storage.app(of: .first)?.clientSecret == Secret("canary-secret"))
            #expect(try await storage.app(of: .first)?.hasWorked == true, "it has brought a grant")
            #expect(try await storage.books().stores.map(\.connection) == [.first])
            let history = try await storage.connectionHistory(.first, limit: 9)
            #expect(history.map(\.kind) == [.rotated, .refreshed, .connected])
            try storage.close()
        }
    }

    @Test("exports that are there keep their ids and numbers, and their transactions stay repeats")
    func exportsKeepTheirIDs() async throws {
        try await withFolder { folder in
            let path = folder + "/daybook.db"
            let database = try SQLiteSettings.openFile(at: path)
            try Migrations.all.migrate(database, upTo: "0004-proven-secrets")
            try await database.write { database in
                try database.execute(
                    sql: """
                        INSERT INTO transactions
                            (source, store, id, revision, kind, date, search, content, recorded_at)
                        VALUES ('counter', 1, 'R1', 1, 'invoice', '2023-11-14', '', 'R1 12345', 1);
                        INSERT INTO exports (id, connection_id, store, date, total, currency, document_number, note,
                            created_at, state)
                        VALUES ('RANDOM00000000000000000000', 1, 1, '2023-11-14', 100, 'USD', '1-R1-RANDO', 'Rental',
                            1, 'pending');
                        INSERT INTO entry_lines
                            (transaction_serial, position, export_serial, store, number, side, amount, text)
                        VALUES (1, 0, 1, 1, '4000', 'debit', 100, '');
                        """)
            }
            try database.close()
            let storage = try SQLiteStorage(at: .file(path), sealer: .forTests)
            let export = try present(try await storage.agenda().pending.first?.export)
            #expect(export.id.text == "RANDOM00000000000000000000" && export.documentNumber.text == "1-R1-RANDO")
            #expect(export.progress == ExportProgress())
            #expect(try await storage.restoredCopy(of: .first) == nil)
            let outcomes = try await storage.record([Examples.rental("R1")], policy: .partial, at: morning)
            #expect(outcomes == [.alreadyThere(exports: [export.serial])])
            try storage.close()
        }
    }
}
