// SPDX-License-Identifier: Apache-2.0
import Daybook
import Foundation
import GRDB
import Testing

@testable import DaybookStorage

@Suite("A database in which Realm IDs are readable")
struct SealedCompanyMigrationTests {
    private static let realm = "9130000000000077"
    private static let other = "9130000000000078"
    /// Every schema before the one that seals them.
    static let earlier = Array(Migrations.names.prefix { $0 != "0019-sealed-companies" })

    /// As that schema's version left it, with all that refers to a company; its log is not written back.
    ///
    /// - Returns: The connections to it, which keep the log.
    private func fill(_ path: String, through schema: String) async throws -> any DatabaseWriter {
        let writer = try SQLiteSettings.openFile(at: path)
        try Migrations.all(.forTests).migrate(writer, upTo: schema)
        try await writer.write { database in
            try SealCheck(sealer: .forTests).run(SQLiteConnection(database: database))
            try Self.fillConnections(database)
            try Self.fillEnvelopes(database)
            try Self.fillWords(database)
            if try database.tableExists("proposals") { try Self.fillProposal(database) }
            if try database.tableExists("announcements") { try Self.fillAnnouncement(database) }
        }
        return writer
    }

    private static func token(_ table: String, _ column: String, realm: String) throws -> Data {
        let place = SealContext(table: table, row: "1", column: column, realm: realm, generation: 4)
        return Data(try Sealer.forTests.seal(Secret("canary-\(table)-\(column)"), in: place))
    }

    private static func fillConnections(_ database: Database) throws {
        try database.execute(
            sql: """
                INSERT INTO apps (id, client_id, client_secret) VALUES (1, 'AB', x'00');
                INSERT INTO connections (id, realm_id, company_name) VALUES (2, '\(other)', 'Realm \(other)');
                UPDATE connections SET realm_id = '\(realm)', company_name = 'Ridge', generation = 4,
                    access_token = ?, access_expires_at = 5, refresh_token = ?, refresh_token_since = 6,
                    idle_expires_at = 7, hard_expires_at = 8, refreshed_at = 9 WHERE id = 1
                """,
            arguments: [
                try token("connections", "access_token", realm: realm),
                try token("connections", "refresh_token", realm: realm),
            ])
        if try database.columns(in: "connections").contains(where: { $0.name == "environment" }) {
            try database.execute(sql: "UPDATE connections SET environment = 'sandbox', app_id = 1")
        }
    }

    private static func fillEnvelopes(_ database: Database) throws {
        for (request, phase, realm) in [("r1", "closed", realm), ("r2", "ready", realm), ("r3", "closed", other)] {
            try database.execute(
                sql: """
                    INSERT INTO envelopes (request_id, connection_id, target, body, sha256, prepared_at,
                        lease_generation, phase)
                    VALUES (?, 1, ?, x'7b7d', x'00', 1, 1, ?)
                    """, arguments: [request, "/v3/company/\(realm)/batch?requestid=\(request)", phase])
        }
        if try database.columns(in: "envelopes").contains(where: { $0.name == "realm_id" }) {
            try database.execute(sql: "UPDATE envelopes SET realm_id = '\(realm)' WHERE request_id = 'r1'")
        }
    }

    private static let notes = [
        "Connected to company \(realm).",
        "A consent for company \(other) was refused: this connection belongs to company \(realm)",
        "Intuit took a consent, but its company \(other) has connection 2 by now",
        "Refreshed",
    ]

    /// The history, an explanation and, where there is one, the audit trail.
    private static func fillWords(_ database: Database) throws {
        for note in notes {
            try database.execute(
                sql: "INSERT INTO connection_notes (connection_id, at, text, actor) VALUES (1, 1, ?, 'x')",
                arguments: [note])
        }
        try database.execute(
            sql: """
                INSERT INTO exports (serial, id, connection_id, store, date, total, currency, document_number, note,
                    created_at, state, failure, document_id, explanation)
                VALUES (1, 'E1', 1, 1, '2023-11-14', 100, 'USD', '1-R1', '', 1, 'error', 'foreign-document', '7',
                    'It was posted to Lake (Realm ID \(other)) before, and waits for Ridge (Realm ID \(realm)) here.')
                """)
        guard try database.tableExists("audit_entries") else { return }
        try AuditWriting(sql: SQLiteConnection(database: database), version: .first).append(
            notes.map { AuditChange("connection 1", to: $0) },
            AuditActor(kind: .command, id: nil, name: "pat", source: nil), act: "connect", at: morning)
    }

    private static func fillProposal(_ database: Database) throws {
        try database.execute(
            sql: """
                INSERT INTO proposals (connection_id, app_id, realm_id, company_name, proposed_at, generation,
                    access_token, access_expires_at, refresh_token, refresh_token_since, idle_expires_at, refreshed_at)
                VALUES (1, 1, '\(other)', 'Lake', 1, 4, ?, 5, ?, 6, 7, 9)
                """,
            arguments: [
                try token("proposals", "access_token", realm: other),
                try token("proposals", "refresh_token", realm: other),
            ])
    }

    private static func fillAnnouncement(_ database: Database) throws {
        try database.execute(
            sql: """
                INSERT INTO notifiers (id, kind, shown, added_at, added_by, removed_at)
                VALUES (1, 'email', 'pat@example.com', 1, 'pat', 2);
                INSERT INTO announcements (id, kind, connection_id, realm_id, company_name, subject, days, title, text, at)
                VALUES ('A1', 'warning', 1, '\(realm)', 'Ridge', 'idle', 7, 'Soon', 'Seven days', 1);
                INSERT INTO deliveries (id, announcement_id, notifier_id, state) VALUES ('A1-1', 'A1', 1, 'delivered');
                """)
    }

    /// The files in which a Realm ID is readable.
    private func traces(in folder: String) throws -> [String] {
        try FileManager.default.contentsOfDirectory(atPath: folder).filter { name in
            let bytes = try Data(contentsOf: URL(fileURLWithPath: folder + "/" + name))
            return [Self.realm, Self.other].contains { bytes.range(of: Data($0.utf8)) != nil }
        }.sorted()
    }

    @Test("of every earlier version: it is sealed, all is found as before, and no file has a trace", arguments: earlier)
    func everyVersion(schema: String) async throws {
        try await withFolder { folder in
            let path = folder + "/daybook.db"
            let writer = try await fill(path, through: schema)
            try writer.close()
            #expect(try !traces(in: folder).isEmpty, "the test looks in the wrong place")
            let storage = try SQLiteStorage(at: .file(path), sealer: .forTests)
            #expect(try traces(in: folder) == [], "while it is open")
            try await storage.nameEnvironment(.sandbox)
            try await expectAll(storage, from: schema)
            try storage.close()
            #expect(try traces(in: folder) == [])
            let queue = try DatabaseQueue(path: path)
            let (check, left) = try await queue.read { database in
                (
                    try String.fetchAll(database, sql: "PRAGMA integrity_check"),
                    try Int.fetchOne(database, sql: "SELECT count(*) FROM unerased_values")
                )
            }
            #expect(check == ["ok"] && left == 0)
            try queue.close()
        }
    }

    private func expectAll(_ storage: SQLiteStorage, from schema: String) async throws {
        let connections = try await storage.connections()
        #expect(
            connections.map(\.company) == [
                Company(realmID: Self.realm, name: "Ridge"), Company(realmID: Self.other, name: "Unnamed company"),
            ])
        #expect(connections.first?.grant?.refreshToken == Secret("canary-connections-refresh_token"))
        let ready = try await storage.agenda().ready?.envelope
        #expect(ready?.request.target == "/v3/company/\(Self.realm)/batch?requestid=r2" && ready?.realmID == Self.realm)
        if schema >= "0002" {
            let proposal = try #require(try await storage.proposal(of: .first))
            #expect(proposal.company == Company(realmID: Self.other, name: "Lake"))
            #expect(proposal.grant.accessToken == Secret("canary-proposals-access_token"))
        }
        if schema >= "0003" {
            let told = try #require(try await storage.deliveries(limit: 9).first?.announcement)
            #expect(told.company == Company(realmID: Self.realm, name: "Ridge") && told.days == 7)
        }
        try await expectWords(storage)
        let lease = try await storage.lease()
        try await storage.resend("r2", lease: lease, at: morning)
        #expect(
            try await storage.withdraw(proposalOf: .first, realmID: Self.other, note: Examples.note("no"))
                == (schema >= "0002"))
    }

    private func expectWords(_ storage: SQLiteStorage) async throws {
        let history = try await storage.connectionHistory(.first, limit: 9).map(\.text)
        #expect(
            Array(history.reversed().prefix(4)) == [
                "Connected to Ridge.", "A consent for another company was refused: this connection belongs to Ridge",
                "Intuit took a consent, but its company has connection 2 by now", "Refreshed",
            ])
        let words = "It was posted to Lake before, and waits for Ridge here."
        let export = try #require(try await storage.export(serial: 1)).row.export
        #expect(export.progress.state == .error(.foreignDocument(documentID: "7", explanation: words)))
        let causes = try await storage.read { sql in
            try sql.rows("SELECT explanation, exports FROM export_causes", []).reading { try ($0.text(), $0.int()) }
        }
        #expect(causes.map(\.0) == [words] && causes.map(\.1) == [1])
    }

    @Test("the audit trail says with the key what it said, and is whole; without it some lines can't be checked")
    func trail() async throws {
        try await withFolder { folder in
            let path = folder + "/daybook.db"
            try (await fill(path, through: "0017-audit")).close()
            let storage = try SQLiteStorage(at: .file(path), sealer: .forTests)
            #expect(try await storage.auditEntries(after: 0, limit: 9).map(\.change.after) == Self.notes)
            #expect(try await AuditReport.make(of: storage, against: nil, SystemDigest()).findings == [])
            try storage.close()
            let keys = Sealer.forTests.keys
            for (keys, findings) in [
                (keys, []), (nil, [1, 2, 3]), (DataKeys(DataKey(Array(repeating: 9, count: 32))), [1, 2, 3]),
            ] as [(DataKeys?, [Int64])] {
                let file = try AuditFile(path: folder, keys: keys)
                let report = try await AuditReport.make(of: file, against: nil, SystemDigest())
                #expect(report.findings == findings.map { .sealed(serial: $0) })
                let shown = try await file.auditEntries(after: 0, limit: 9).compactMap(\.change.after)
                #expect(shown.first == (findings.isEmpty ? Self.notes[0] : "Connected to Ridge."))
            }
            let changes = [
                "UPDATE sealed_audit_words SET value_after = x'00' WHERE serial = 2",
                "DELETE FROM sealed_audit_words WHERE serial = 2",
            ]
            for change in changes {
                let queue = try DatabaseQueue(path: path)
                try await queue.write { try $0.execute(sql: change) }
                try queue.close()
                let file = try AuditFile(path: folder, keys: keys)
                let report = try await AuditReport.make(of: file, against: nil, SystemDigest())
                #expect(report.findings == [.changed(serial: 2)], "\(change)")
            }
        }
    }

    @Test("killed after it was sealed and before it was erased, the next start erases it, in the log too")
    func killedBeforeErasing() async throws {
        try await withFolder { folder in
            let (path, copy) = (folder + "/data/daybook.db", folder + "/copy")
            try FileManager.default.createDirectory(atPath: folder + "/data", withIntermediateDirectories: true)
            let writer = try await fill(path, through: "0017-audit")
            try Migrations.all(.forTests).migrate(writer)
            // What a killed process leaves.
            try FileManager.default.copyItem(atPath: folder + "/data", toPath: copy)
            try writer.close()
            #expect(try traces(in: copy).contains("daybook.db-wal"), "the test looks in the wrong place")
            let storage = try SQLiteStorage(at: .file(copy + "/daybook.db"), sealer: .forTests)
            #expect(try traces(in: copy) == [])
            #expect(try await storage.connection(.first)?.company?.realmID == Self.realm)
            try storage.close()
        }
    }

    @Test("with another database's key nothing is sealed, and nothing is changed")
    func otherKey() async throws {
        try await withFolder { folder in
            let path = folder + "/daybook.db"
            try (await fill(path, through: "0017-audit")).close()
            let other = Sealer(key: Array(repeating: 9, count: 32))
            #expect(throws: KeyRefused(.otherKey)) { try SQLiteStorage(at: .file(path), sealer: other) }
            let queue = try DatabaseQueue(path: path)
            let realms = try await queue.read { database in
                try String.fetchAll(database, sql: "SELECT realm_id FROM connections ORDER BY id")
            }
            #expect(realms == [Self.realm, Self.other])
            try queue.close()
            try SQLiteStorage(at: .file(path), sealer: .forTests).close()
        }
    }

    @Test("a backup of before is restored, and after the start no file has a trace")
    func restored() async throws {
        try await withFolder { folder in
            let (path, backup) = (folder + "/old", folder + "/old/daybook-20261101T000000Z.db")
            try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
            try (await fill(backup, through: "0017-audit")).close()
            let data = DataFolder(path: folder + "/data")
            try data.make()
            try KeyFile(path: data.keyPath).replace(with: Sealer.forTests.keys)
            #expect(try traces(in: path) == ["daybook-20261101T000000Z.db"], "as it was backed up")
            _ = try data.restore(backup, key: nil, replaces: false, at: morning)
            let open = try DataFolder.open(at: data.path)
            #expect(try traces(in: data.path) == [])
            #expect(try await open.storage.connection(.first)?.company?.realmID == Self.realm)
            try open.close()
        }
    }
}
