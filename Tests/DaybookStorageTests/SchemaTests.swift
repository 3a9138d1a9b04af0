// SPDX-License-Identifier: Apache-2.0
import Daybook
import Foundation
import GRDB
import Testing

@testable import DaybookStorage

/// What the schema itself refuses: the statements are run without the verbs.
@Suite("The schema")
struct SchemaTests {
    /// A database with one recorded rental in an open envelope, and one that cost nothing.
    private func withDatabase(_ body: (DatabaseQueue) throws -> Void) async throws {
        try await withFolder { folder in
            let path = folder + "/daybook.db"
            let storage = try SQLiteStorage(at: .file(path), sealer: .forTests)
            _ = try await storage.exporting(1, lease: storage.lease())
            _ = try await storage.record([Examples.rental("Z1", cents: 0)], policy: .partial, at: morning)
            _ = try await storage.administrator()
            let key = try await storage.add(
                key: "counter", prefix: "daybook_c", digest: digest(1), scopes: [.read], stores: [.defaults],
                expiresAt: after(60), at: morning)
            _ = try await storage.revoke(key: key.serial, at: morning)
            try storage.close()
            let database = try DatabaseQueue(path: path)
            try body(database)
            try database.close()
        }
    }

    @Test(
        "refuses what must never be",
        arguments: [
            "UPDATE exports SET connection_id = 2",
            "UPDATE exports SET id = 'other'",
            "UPDATE exports SET document_number = 'other'",
            "UPDATE exports SET document_kind = 'napkin'",
            "UPDATE exports SET operation = 'delete'",
            "UPDATE exports SET target_id = '1'",
            "UPDATE exports SET total = total + 1",
            "UPDATE exports SET total = 0, state = 'collecting'",
            "UPDATE exports SET state = 'nothing-to-post'",
            "UPDATE exports SET last_doubt = 1, state = 'withdrawn'",
            "UPDATE exports SET state = 'lost'",
            "UPDATE exports SET state = 'checking'",
            "UPDATE exports SET state = 'error'",
            "UPDATE exports SET state = 'exported'",
            "DELETE FROM exports",
            "INSERT INTO export_dependencies SELECT serial, serial FROM exports",
            "UPDATE envelopes SET body = x'00'",
            "UPDATE envelopes SET phase = 'closed'; UPDATE envelopes SET body = x'', body_removed_at = 1",
            "UPDATE exports SET state = 'pending'; UPDATE envelopes SET body = x'', body_removed_at = 1",
            "UPDATE envelopes SET sha256 = x'00'",
            "UPDATE envelopes SET target = '/elsewhere'",
            "UPDATE envelopes SET company_id = 7",
            "UPDATE envelopes SET phase = 'lost'",
            "UPDATE envelopes SET phase = 'closed'; UPDATE envelopes SET phase = 'ready'",
            "DELETE FROM envelopes",
            "UPDATE envelope_items SET total = 1",
            "DELETE FROM envelope_items",
            "UPDATE entry_lines SET export_serial = NULL",
            "UPDATE entry_lines SET export_serial = 99",
            "UPDATE entry_lines SET side = 'left'",
            "UPDATE entry_lines SET amount = 0",
            "UPDATE entry_lines SET number = '4000'",
            "UPDATE entry_lines SET part = 'napkin'",
            "DELETE FROM entry_lines",
            "UPDATE transactions_without_legs SET export_serial = 1",
            "DELETE FROM transactions_without_legs",
            "INSERT INTO transactions_without_legs SELECT * FROM transactions_without_legs",
            "INSERT INTO transactions_without_legs SELECT serial, 99 FROM transactions WHERE id = 'R1'",
            "UPDATE transactions SET content = 'other'",
            "DELETE FROM transactions",
            "UPDATE export_notes SET text = 'other'",
            "DELETE FROM export_notes",
            "DELETE FROM sendings",
            "UPDATE connections SET access_token = x'00'",
            "DELETE FROM people",
            "UPDATE people SET authenticator_seed = x'00'",
            "UPDATE people SET is_enabled = 2",
            "INSERT INTO people (id, name, name_key, is_enabled, created_at) VALUES (9, 'PAT', 'pat', 1, 0)",
            "INSERT INTO person_roles VALUES (1, 'king', NULL, NULL)",
            "INSERT INTO person_roles VALUES (99, 'viewer', NULL, NULL)",
            "INSERT INTO person_roles VALUES (1, 'viewer', 99, NULL)",
            "INSERT INTO one_time_links VALUES (x'01', 'invitation', NULL, 1, 2)",
            """
            INSERT INTO one_time_links
            VALUES (x'01', 'first-administrator', NULL, 1, 2), (x'02', 'first-administrator', NULL, 1, 2)
            """,
            "INSERT INTO one_time_links VALUES (x'01', 'invitation', 1, 1, 2), (x'02', 'invitation', 1, 1, 2)",
            "DELETE FROM api_keys",
            "UPDATE api_keys SET scopes = 'exports read'",
            "UPDATE api_keys SET stores = NULL",
            "UPDATE api_keys SET expires_at = NULL",
            "UPDATE api_keys SET digest = x'00'",
            "UPDATE api_keys SET revoked_at = NULL",
            "INSERT INTO envelopes SELECT * FROM envelopes",
            """
            INSERT INTO transactions (source, store, id, revision, kind, date, search, content, recorded_at)
            SELECT source, store, id, revision, kind, date, search, content, recorded_at FROM transactions
            """,
            """
            INSERT INTO exports (id, connection_id, store, date, total, currency, document_number, note, created_at,
                state)
            SELECT 'new', connection_id, store, date, total, currency, document_number, note, created_at, 'pending'
            FROM exports
            """,
            """
            INSERT INTO exports (id, connection_id, store, date, total, currency, document_number, note, created_at,
                state)
            SELECT id, connection_id, store, date, total, currency, 'new', note, created_at, 'pending' FROM exports
            """,
        ])
    func refuses(_ statement: String) async throws {
        try await withDatabase { database in
            try database.write { try $0.execute(sql: "INSERT INTO connections (id) VALUES (2)") }
            let error = #expect(throws: DatabaseError.self) { try database.write { try $0.execute(sql: statement) } }
            #expect(error?.resultCode == .SQLITE_CONSTRAINT)
        }
    }

    @Test("a database in a file is in WAL mode, whole, and opens again without new migrations")
    func reopening() async throws {
        try await withDatabase { database in
            let answers = try database.read { database in
                try ["journal_mode", "integrity_check", "foreign_key_check"].map {
                    try String.fetchOne(database, sql: "PRAGMA \($0)")
                }
            }
            #expect(answers == ["wal", "ok", nil])
            let isComplete = try database.read { try Migrations.all(.forTests).hasCompletedMigrations($0) }
            #expect(isComplete)
        }
    }

    @Test("the writer syncs in full; readers neither write nor checkpoint")
    func settings() async throws {
        try await withFolder { folder in
            let database = try SQLiteSettings.openFile(at: folder + "/daybook.db")
            let writer = try await database.writeWithoutTransaction { database in
                try ["synchronous", "foreign_keys", "trusted_schema"].map {
                    try Int.fetchOne(database, sql: "PRAGMA \($0)")
                }
            }
            #expect(writer == [2, 1, 0])
            let reader = try await database.read { database in
                try ["query_only", "wal_autocheckpoint", "trusted_schema"].map {
                    try Int.fetchOne(database, sql: "PRAGMA \($0)")
                }
            }
            #expect(reader == [1, 0, 0])
            try database.close()
        }
    }

    @Test("a database that a newer version has changed is refused, in words")
    func newer() async throws {
        try await withFolder { folder in
            let path = folder + "/daybook.db"
            try SQLiteStorage(at: .file(path), sealer: .forTests).close()
            let database = try DatabaseQueue(path: path)
            try await database.write { try $0.execute(sql: "INSERT INTO grdb_migrations VALUES ('9999-later')") }
            try database.close()
            #expect(throws: StorageFailure(.madeByNewerVersion)) {
                try SQLiteStorage(at: .file(path), sealer: .forTests)
            }
        }
    }

    @Test("the seed of an authenticator app moved to another person is refused when read")
    func movedSeed() async throws {
        try await withFolder { folder in
            let path = folder + "/daybook.db"
            let storage = try SQLiteStorage(at: .file(path), sealer: .forTests)
            for (number, text) in [(1, "pat"), (2, "kim")] as [(UInt8, String)] {
                let person = try await storage.person(text, link: number)
                _ = try await storage.change(person.id, keeping: nil, at: morning) { account in
                    account.authenticator = Authenticator(seed: Secret("canary-seed-\(number)"))
                }
            }
            try storage.close()
            for file in try FileManager.default.contentsOfDirectory(atPath: folder) {
                let bytes = try Data(contentsOf: URL(fileURLWithPath: folder + "/" + file))
                #expect(bytes.range(of: Data("canary-seed".utf8)) == nil, "\(file)")
            }
            let database = try DatabaseQueue(path: path)
            try await database.write { database in
                try database.execute(
                    sql: """
                        UPDATE people SET authenticator_seed = (SELECT authenticator_seed FROM people WHERE id = 1)
                        WHERE id = 2
                        """)
            }
            try database.close()
            let reopened = try SQLiteStorage(at: .file(path), sealer: .forTests)
            #expect(try await reopened.account(named: name("pat"))?.authenticator != nil)
            await #expect(throws: SealError.self) { try await reopened.account(named: name("kim")) }
        }
    }

    @Test("a secret moved to another column of the database is refused when read")
    func movedSecret() async throws {
        try await withFolder { folder in
            let path = folder + "/daybook.db"
            let storage = try SQLiteStorage(at: .file(path), sealer: .forTests)
            try await storage.install(
                Examples.grant(), company: Examples.company, app: Examples.app, on: .first, by: .command("pat"),
                at: morning,
                intuitTID: "tid-1")
            try storage.close()
            let database = try DatabaseQueue(path: path)
            try await database.write { try $0.execute(sql: "UPDATE connections SET refresh_token = access_token") }
            try database.close()
            let reopened = try SQLiteStorage(at: .file(path), sealer: .forTests)
            await #expect(throws: SealError.self) { try await reopened.connection(.first) }
        }
    }
}
