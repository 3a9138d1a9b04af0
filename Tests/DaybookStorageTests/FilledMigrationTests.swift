// SPDX-License-Identifier: Apache-2.0
import Daybook
import Foundation
import GRDB
import Testing

@testable import DaybookStorage

@Suite("A database with exports in every state, of the version before what decides about sending was stored")
struct FilledMigrationTests {
    private static let refusal = Refusal(code: "6200", explanation: "The books are closed.", intuitTID: "1-tid")

    private static func problem() throws -> Problem { .unknownAccountNumber(try present(AccountNumber("4010"))) }

    /// Serial 1 stands for the first, and so on.
    private static func states() throws -> [ExportProgress] {
        let problem = try problem()
        return [
            ExportProgress(),
            // Proven absent by that version, which kept the doubt.
            ExportProgress(lastDoubt: after(-400)),
            ExportProgress(state: .exporting),
            ExportProgress(state: .exporting),
            ExportProgress(
                state: .checking(Doubt(since: after(-20), lookNoEarlierThan: after(-5))), lastDoubt: after(-20)),
            ExportProgress(
                state: .checking(Doubt(since: after(-20), lookNoEarlierThan: after(90))), lastDoubt: after(-20)),
            ExportProgress(state: .exported(Receipt(documentID: "71", syncToken: "0"))),
            ExportProgress(
                state: .exported(Receipt(documentID: "72", syncToken: "1", wasLookedUp: true)), lastDoubt: after(-900)),
            ExportProgress(state: .error(.refused(refusal)), lastDoubt: after(-900)),
            ExportProgress(state: .error(.blocked(problem))),
            ExportProgress(state: .error(.foreignDocument(documentID: "99", explanation: "Not ours."))),
            ExportProgress(state: .onHold, lastDoubt: after(-900)),
        ]
    }

    /// The columns that version had, and the envelopes r-ready with export 3, r-sending with 4 and r-closed with the rest.
    private func fill(_ database: Database) throws {
        try database.execute(sql: "UPDATE connections SET realm_id = '9130', company_name = 'Ridge' WHERE id = 1")
        for (request, phase) in [("r-ready", "ready"), ("r-sending", "sending"), ("r-closed", "closed")] {
            try database.execute(
                sql: """
                    INSERT INTO envelopes (request_id, connection_id, target, body, sha256, prepared_at,
                        lease_generation, phase) VALUES (?, 1, '/v3/company/9130/batch', x'7b7d', x'00', 1, 1, ?)
                    """, arguments: [request, phase])
        }
        for (index, progress) in try Self.states().enumerated() {
            let serial = index + 1
            try insert(progress, serial, into: database)
            guard serial > 2 else { continue }
            let request = serial == 3 ? "r-ready" : serial == 4 ? "r-sending" : "r-closed"
            try database.execute(
                sql: """
                    INSERT INTO envelope_items (request_id, position, export_serial, export_id, batch_item_id,
                        document_number, date, total, currency)
                    VALUES (?, ?, ?, ?, ?, ?, '2023-11-14', 100, 'USD')
                    """, arguments: [request, serial, serial, "E\(serial)", "b\(serial)", "1-R\(serial)"])
            try database.execute(
                sql: "UPDATE exports SET latest_request_id = ? WHERE serial = ?", arguments: [request, serial])
        }
    }

    private func insert(_ progress: ExportProgress, _ serial: Int, into database: Database) throws {
        let columns = Set(try database.columns(in: "exports").map(\.name))
        let values = zip(ProgressRecord.columns, try ProgressRecord(progress).values).filter { columns.contains($0.0) }
        let names = values.map(\.0).joined(separator: ", ")
        let places = values.map { _ in "?" }.joined(separator: ", ")
        var arguments: [(any DatabaseValueConvertible)?] = [
            serial, "E\(serial)", "1-R\(serial)", progress.state.name == .exporting ? "r-ready" : nil,
        ]
        for (_, value) in values { arguments.append(Self.argument(value)) }
        try database.execute(
            sql: """
                INSERT INTO exports (serial, id, connection_id, store, date, total, currency, document_number, note,
                    created_at, latest_request_id, \(names))
                VALUES (?, ?, 1, 1, '2023-11-14', 100, 'USD', ?, 'Rental', 1, ?, \(places))
                """, arguments: StatementArguments(arguments))
    }

    private static func argument(_ value: SQLValue) -> (any DatabaseValueConvertible)? {
        switch value {
        case .null: nil
        case .integer(let number): number
        case .text(let text): text
        case .bytes(let bytes): Data(bytes)
        }
    }

    @Test("keeps every export's state and doubt, its open envelopes and its looks, and sends on")
    func everyState() async throws {
        try await withFolder { folder in
            let path = folder + "/daybook.db"
            let database = try SQLiteSettings.openFile(at: path)
            try Migrations.all(.forTests).migrate(database, upTo: "0004-proven-secrets")
            try await database.write { try fill($0) }
            try database.close()
            let storage = try SQLiteStorage(at: .file(path), sealer: .forTests)

            for (index, progress) in try Self.states().enumerated() {
                let export = try present(try await storage.export(serial: Int64(index + 1))).row.export
                #expect(export.progress == progress, "export \(index + 1)")
            }
            let agenda = try await storage.agenda()
            #expect(agenda.interrupted.map(\.envelope.requestID) == ["r-sending"])
            #expect(agenda.interrupted.flatMap(\.exports).map(\.serial) == [4])
            #expect(agenda.ready?.exports.map(\.serial) == [3] && agenda.ready?.envelope.realmID == "9130")
            #expect(agenda.ready?.envelope.request.target == "/v3/company/9130/batch")
            #expect(agenda.dueLooks.map(\.export.serial) == [5] && agenda.nextLook == after(90))
            #expect(agenda.pending.map(\.export.serial) == [1, 2])
            #expect(agenda.sending == SendingState() && agenda.markerLook == nil)

            // The envelope's company is the one that its address names, and it goes out as it was.
            let lease = try await storage.lease()
            try await storage.resend("r-ready", lease: lease, at: morning)
            #expect(try await storage.agenda().ready == nil)
            try storage.close()
        }
    }

    @Test("the new table of exports holds what the old one held, with its indexes and rules, and is referred to")
    func newTable() async throws {
        try await withFolder { folder in
            let database = try SQLiteSettings.openFile(at: folder + "/daybook.db")
            try Migrations.all(.forTests).migrate(database, upTo: "0011-dependencies")
            try await database.write { try fill($0) }
            let before = try database.read { try Row.fetchAll($0, sql: "SELECT * FROM exports ORDER BY serial") }
            let names = """
                SELECT name FROM sqlite_master WHERE tbl_name = 'exports' AND name NOT LIKE 'sqlite_%' ORDER BY name
                """
            let parts = try await database.read { try String.fetchAll($0, sql: names) }
            try Migrations.all(.forTests).migrate(database, upTo: "0012-further-states")
            let after = try database.read { try Row.fetchAll($0, sql: "SELECT * FROM exports ORDER BY serial") }
            #expect(after.count == 12)
            for (old, new) in zip(before, after) {
                for column in old.columnNames { #expect(new[column] as DatabaseValue? == old[column], "\(column)") }
            }
            let kept = try await database.read { try String.fetchAll($0, sql: names) }
            #expect(Set(kept).isSuperset(of: parts), "\(Set(parts).subtracting(kept)) is gone")
            let broken = try database.read { try Row.fetchAll($0, sql: "PRAGMA foreign_key_check") }
            #expect(broken.isEmpty)
            await #expect(throws: DatabaseError.self) {
                try await database.write { try $0.execute(sql: "UPDATE envelope_items SET export_serial = 99") }
            }
            await #expect(throws: DatabaseError.self) {
                try await database.write {
                    try $0.execute(sql: "INSERT INTO export_dependencies (export_serial, depends_on) VALUES (99, 1)")
                }
            }
            try database.close()
        }
    }

    @Test("is counted, and found by its words")
    func countsAndSearch() async throws {
        try await withFolder { folder in
            let path = folder + "/daybook.db"
            let database = try SQLiteSettings.openFile(at: path)
            try Migrations.all(.forTests).migrate(database, upTo: "0004-proven-secrets")
            try await database.write { try fill($0) }
            try database.close()
            let storage = try SQLiteStorage(at: .file(path), sealer: .forTests)
            let counts = try await storage.exportCounts(of: .first)
            #expect(counts == [.pending: 2, .exporting: 2, .checking: 2, .exported: 2, .error: 3, .onHold: 1])
            #expect(try await storage.problems().map(\.exports) == [1, 1, 1])
            #expect(try await storage.hasBlocked(.first))
            let found = try await storage.exports(matching: ExportFilter(search: "1-R7"))
            #expect(found.rows.map(\.export.serial) == [7])
            let day = try await storage.exports(matching: ExportFilter(search: "2023-11-14 1.00"))
            #expect(day.total == .exactly(12))
            try storage.close()
        }
    }

    @Test("of the version before transactions without legs: they are found by the same words, in the same index")
    func withoutLegs() async throws {
        try await withFolder { folder in
            let path = folder + "/daybook.db"
            let database = try SQLiteSettings.openFile(at: path)
            try Migrations.all(.forTests).migrate(database, upTo: "0013-kept-counts")
            try await database.write { try fill($0) }
            try await database.write { database in
                try database.execute(
                    sql: """
                        INSERT INTO transactions
                            (source, store, id, revision, kind, date, customer_name, search, content, recorded_at)
                        VALUES ('counter', 1, 'R7', 1, 'invoice', '2023-11-14', 'Ostrander', '', 'R7 100', 1);
                        INSERT INTO entry_lines
                            (transaction_serial, position, export_serial, store, number, side, amount, text)
                        VALUES (1, 0, 7, 1, '4000', 'debit', 100, '');
                        INSERT INTO export_search (rowid, words) SELECT serial, words FROM export_search_text;
                        """)
            }
            try database.close()
            let storage = try SQLiteStorage(at: .file(path), sealer: .forTests)
            _ = try await storage.write { sql in
                try sql.run("INSERT INTO export_search (export_search, rank) VALUES ('integrity-check', 1)", [])
            }
            _ = try await storage.record(
                [Examples.rental("Z1", cents: 0, customer: "Ostrander")], policy: .partial, at: morning)
            let found = try await storage.exports(matching: ExportFilter(search: "ostrander"))
            #expect(found.rows.map(\.export.serial) == [13, 7])
            #expect(found.rows.map { $0.transactions.map(\.key.id) } == [["Z1"], ["R7"]])
            try storage.close()
        }
    }

    @Test("what that version had not yet, no statement gets wrong: each new column is checked")
    func columnsAreChecked() async throws {
        try await withFolder { folder in
            let database = try SQLiteSettings.openFile(at: folder + "/daybook.db")
            try Migrations.all(.forTests).migrate(database, upTo: "0004-proven-secrets")
            try await database.write { try fill($0) }
            try Migrations.bringUpToDate(database, SealCheck(sealer: .forTests))
            for change in ["goes_alone = 2", "number_taken = -1", "unanswered = -1", "too_large_rounds = -1"] {
                await #expect(throws: DatabaseError.self, "\(change)") {
                    try await database.write { try $0.execute(sql: "UPDATE exports SET \(change) WHERE serial = 1") }
                }
            }
            try database.close()
        }
    }
}
