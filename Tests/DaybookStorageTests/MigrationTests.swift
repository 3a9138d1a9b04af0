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
        try Migrations.all(.forTests).migrate(database, upTo: "0001-the-road")
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
            for (at, act) in [(8, "Added connection 2."), (7, "Saved account numbers and stores.")] {
                try database.execute(
                    sql: "INSERT INTO acts (at, actor, act) VALUES (?, 'page', ?)", arguments: [at, act])
            }
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
            let trail = try await storage.auditEntries(after: 0, limit: 9)
            #expect(trail.map(\.change.after) == ["Saved account numbers and stores.", "Added connection 2."])
            #expect(trail.map(\.actor.name) == ["page", "page"] && trail.map(\.act) == ["earlier", "earlier"])
            let report = try await AuditReport.make(of: storage, against: nil, SystemDigest())
            #expect(report.findings.isEmpty && report.count == 2)
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
            try Migrations.all(.forTests).migrate(database, upTo: "0004-proven-secrets")
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

    @Test("what was indexed without its transactions' kinds is found by them, and by its other words as before")
    func searchByKind() async throws {
        try await withFolder { folder in
            let path = folder + "/daybook.db"
            let database = try SQLiteSettings.openFile(at: path)
            try Migrations.all(.forTests).migrate(database, upTo: "0013-kept-counts")
            try await database.write { database in
                try database.execute(
                    sql: """
                        INSERT INTO transactions
                            (source, store, id, revision, kind, date, search, content, customer_name, recorded_at)
                        VALUES ('counter', 1, 'R1', 1, 'deposit-taken', '2023-11-14', '', 'R1 12345', 'Bo Lake', 1);
                        INSERT INTO exports (id, connection_id, store, date, total, currency, document_number, note,
                            created_at, state)
                        VALUES ('A', 1, 1, '2023-11-14', 100, 'USD', '1-R1-A', 'Deposit', 1, 'pending');
                        INSERT INTO entry_lines
                            (transaction_serial, position, export_serial, store, number, side, amount, text, part)
                        VALUES (1, 0, 1, 1, '4000', 'debit', 100, '', 'deposit');
                        INSERT INTO export_search (export_search) VALUES ('rebuild');
                        """)
            }
            try database.close()
            let storage = try SQLiteStorage(at: .file(path), sealer: .forTests)
            for words in ["deposit taken", "lake", "1.00 11/14/2023", "4000 r1"] {
                let found = try await storage.exports(matching: ExportFilter(search: words)).rows
                #expect(found.map(\.export.serial) == [1], "\(words)")
            }
            try storage.close()
        }
    }

    @Test("a document that was refused as too large is judged anew, and a look by marker goes on")
    func suspects() async throws {
        try await withFolder { folder in
            let path = folder + "/daybook.db"
            let database = try SQLiteSettings.openFile(at: path)
            try Migrations.all(.forTests).migrate(database, upTo: "0007-one-connection-per-company")
            try await database.write { database in
                try database.execute(
                    sql: """
                        INSERT INTO exports (id, connection_id, store, date, total, currency, document_number, note,
                            created_at, state, too_large_since, doubt_since, look_at, last_doubt)
                        VALUES ('A', 1, 1, '2023-11-14', 100, 'USD', '1-A', '', 1, 'pending', 1000, NULL, NULL, NULL),
                            ('B', 1, 1, '2023-11-14', 100, 'USD', '1-B', '', 1, 'checking', NULL, 1, 1, 1);
                        INSERT INTO sending_states (connection_id, phase, looks, envelope_limit, answered_at)
                        VALUES (1, 'closed', 0, 4, 2000);
                        INSERT INTO marker_looks (connection_id, began_at, span_from, span_through, position, last_id)
                        VALUES (1, 1, 1, 1, 250, '77');
                        INSERT INTO marker_look_exports (connection_id, export_serial) VALUES (1, 2);
                        """)
            }
            try database.close()
            let storage = try SQLiteStorage(at: .file(path), sealer: .forTests)
            let agenda = try await storage.agenda()
            let since = Date(timeIntervalSince1970: 1)
            #expect(
                agenda.pending.map(\.export.progress) == [
                    ExportProgress(attempts: ExportAttempts(tooLargeSince: since))
                ])
            #expect(agenda.suspects.isEmpty, "another was answered since")
            #expect(agenda.sending == SendingState(envelopeLimit: 4, answeredAt: Date(timeIntervalSince1970: 2)))
            #expect(agenda.markerLook?.position == 250 && agenda.markerLook?.lastID == "77")
            #expect(agenda.sought.map(\.serial) == [2])
            try storage.close()
        }
    }

    /// A restored copy as the version before left it: two documents proven absent, one just before the horizon; one in
    /// doubt for it; and an unknown document found after a sending.
    private func restoredCopy(at path: String) throws {
        let database = try SQLiteSettings.openFile(at: path)
        try Migrations.all(.forTests).migrate(database, upTo: "0007-one-connection-per-company")
        try database.write { database in
            try database.execute(
                sql: """
                    INSERT INTO restored_copies (connection_id, noticed_at, sign, unknown_documents, last_serial)
                    VALUES (NULL, 1000000, 'copied', 0, 3), (NULL, 3000000, 'copied', 0, 3);
                    INSERT INTO envelopes (request_id, connection_id, target, body, sha256, prepared_at,
                        lease_generation, phase) VALUES ('R1', 1, '/x', x'00', x'00', 1, 1, 'closed');
                    INSERT INTO sendings (connection_id, request_id, sent_at) VALUES (1, 'R1', 700000), (1, 'R1', 5000000);
                    INSERT INTO unknown_documents (connection_id, document_id, export_id, document_number, found_at)
                    VALUES (1, '7', 'S', '1-A', 2000000);
                    """)
            let exports: [(absentAt: Int?, doubtSince: Int?)] = [
                (1_130_000, nil), (1_129_999, nil), (nil, 3_000_000),
            ]
            for (index, export) in exports.enumerated() {
                try database.execute(
                    sql: """
                        INSERT INTO exports (serial, id, connection_id, store, date, total, currency, document_number,
                            note, created_at, state, absent_at, doubt_since, look_at, last_doubt)
                        VALUES (?, ?, 1, 1, '2026-01-01', 5, 'USD', ?, '', 1, ?, ?, ?, ?, ?)
                        """,
                    arguments: [
                        index + 1, "E\(index)", "1-\(index)", export.doubtSince == nil ? "pending" : "checking",
                        export.absentAt, export.doubtSince, export.doubtSince, export.doubtSince,
                    ])
            }
        }
        try database.close()
    }

    @Test("proofs of absence keep the notice that they were made for, and unknown documents a bound of their age")
    func proofsByNotice() async throws {
        try await withFolder { folder in
            let path = folder + "/daybook.db"
            try restoredCopy(at: path)
            let storage = try SQLiteStorage(at: .file(path), sealer: .forTests)
            let pending = try await storage.agenda().pending.map(\.export.progress)
            #expect(pending.map(\.absentCopy) == [1, nil])
            let third = try present(try await storage.export(serial: 3)?.row.export.progress)
            guard case .checking(let doubt) = third.state else {
                Issue.record("\(third)")
                return
            }
            #expect(doubt.copy == 2 && third.absentCopy == nil)
            let since = try await storage.read { sql in
                try sql.rows("SELECT created_since FROM unknown_documents", []).reading { try $0.integer() }
            }
            #expect(since == [400_000])
            #expect(try await storage.toldDocuments(on: .first).isEmpty)
            try storage.close()
        }
    }

    /// Two connections for one company, as the version before could make them: the second has the newer grant.
    private func twoConnections(at path: String) throws {
        let database = try SQLiteSettings.openFile(at: path)
        try Migrations.all(.forTests).migrate(database, upTo: "0004-proven-secrets")
        try database.write { database in
            try database.execute(
                sql: """
                    INSERT INTO apps (id, environment, client_id, client_secret) VALUES (1, 'sandbox', 'AB', x'00');
                    UPDATE connections SET realm_id = '9130', company_name = 'Ridge', app_id = 1, generation = 4,
                        access_token = x'01', access_expires_at = 5, refresh_token = x'02', refresh_token_since = 6,
                        idle_expires_at = 7, refreshed_at = 9;
                    INSERT INTO connections (id, realm_id, company_name, app_id, generation, access_token,
                        access_expires_at, refresh_token, refresh_token_since, idle_expires_at, refreshed_at)
                    VALUES (2, '9130', 'Ridge', 1, 7, x'03', 5, x'04', 6, 7, 10);
                    INSERT INTO connections (id, realm_id, company_name, app_id) VALUES (3, '9131', 'Lake', 1);
                    INSERT INTO stores (number, name, connection_id) VALUES (1, 'South', 1), (2, 'North', 2);
                    """)
            for (serial, state) in [(1, "pending"), (2, "exported"), (3, "on-hold")] {
                try database.execute(
                    sql: """
                        INSERT INTO exports (serial, id, connection_id, store, date, total, currency, document_number,
                            note, created_at, state, document_id, sync_token, looked_up, latest_request_id)
                        VALUES (?, ?, 1, 1, '2026-01-01', 5, 'USD', ?, '', 1, ?, ?, ?, ?, ?)
                        """,
                    arguments: [
                        serial, "E\(serial)", "1-\(serial)", state, state == "exported" ? "9" : nil,
                        state == "exported" ? "0" : nil, state == "exported" ? 0 : nil,
                        state == "exported" ? "R1" : nil,
                    ])
            }
            try database.execute(
                sql: """
                    INSERT INTO envelopes (request_id, connection_id, target, body, sha256, prepared_at,
                        lease_generation, phase) VALUES ('R1', 1, '/x', x'00', x'00', 1, 1, 'closed');
                    INSERT INTO envelope_items (request_id, position, export_serial, export_id, batch_item_id,
                        document_number, date, total, currency) VALUES ('R1', 0, 2, 'E2', '2', '1-2', '2026-01-01', 5, 'USD');
                    """)
        }
        try database.close()
    }

    @Test("with two connections for one company: the newer grant's stays, and nothing is lost")
    func oneConnectionPerCompany() async throws {
        try await withFolder { folder in
            let path = folder + "/daybook.db"
            try twoConnections(at: path)
            let before = try DatabaseQueue(path: path)
            try Migrations.bringUpToDate(before, SealCheck(sealer: .forTests))
            let rows = try before.read { database in
                try Row.fetchAll(
                    database,
                    sql: "SELECT id, environment, company_id, refresh_token, generation FROM connections ORDER BY id")
            }
            #expect(rows.map { $0["environment"] as String? } == [nil, "sandbox", "sandbox"])
            #expect(rows.map { $0["company_id"] as Int64? } == [1, 1, 2])
            #expect(rows.map { $0["refresh_token"] as Data? } == [nil, Data([4]), nil])
            #expect(rows.map { $0["generation"] as Int64 } == [4, 7, 0])
            let (exports, stores, notes) = try await before.read { database in
                (
                    try Int.fetchAll(database, sql: "SELECT connection_id FROM exports ORDER BY serial"),
                    try Int.fetchAll(database, sql: "SELECT connection_id FROM stores ORDER BY number"),
                    try String.fetchAll(database, sql: "SELECT text FROM connection_notes WHERE connection_id = 1")
                )
            }
            #expect(exports == [2, 1, 2], "what was sent stays where it was sent")
            #expect(stores == [2, 2])
            #expect(notes == ["Detached: connection 2 is for the same company and has the newer token."])
            try before.close()
            let storage = try SQLiteStorage(at: .file(path), sealer: .forTests)
            let first = try present(try await storage.connection(.first))
            #expect(first.isDetached && first.grant == nil && first.company?.realmID == "9130")
            try storage.close()
        }
    }
}
