// SPDX-License-Identifier: Apache-2.0
@testable import Daybook
@testable import DaybookStorage
import Foundation
import GRDB
import Testing

@Suite("The audit trail that the storage writes")
struct AuditTests {
    private static let pat = Actor.person(
        Principal(id: 3, name: "Pat", rights: Rights([RoleAssignment(.administrator)]), source: "192.0.2.7"))

    private func within<Value>(_ verb: Desk.Verb, _ body: () async throws -> Value) async throws -> Value {
        try await Act.$current.withValue(Act(.verb(verb), by: Self.pat, at: after(5)), operation: body)
    }

    private func all(_ storage: any AuditStorage) async throws -> [AuditEntry] {
        try await storage.auditEntries(after: 0, limit: 1_000)
    }

    @Test("who, from where, when, which act, what, before and after", arguments: Engine.allCases)
    func line(_ engine: Engine) async throws {
        try await engine.storage { storage in
            let slot = AccountNumbers.Slot(store: .defaults, role: try present(AccountRole(code: "cash-drawer")))
            let (old, new) = (try present(AccountNumber("1000")), try present(AccountNumber("1010")))
            try await storage.saveBooks(
                BooksSettings(numbers: AccountNumbers([slot: old])), by: Self.pat, at: morning)
            #expect(try await all(storage).isEmpty, "outside of an act there is no line")
            _ = try await within(.saveBooks) {
                try await storage.saveBooks(
                    BooksSettings(numbers: AccountNumbers([slot: new])), by: Self.pat, at: after(5))
            }
            let line = try present(try await all(storage).first)
            #expect(line.serial == 1 && line.at == after(5) && line.act == "save-account-numbers")
            #expect(line.actor == AuditActor(kind: .person, id: 3, name: "Pat", source: "192.0.2.7"))
            let object = "account number, store \(StoreNumber.defaults), cash-drawer"
            #expect(line.change == AuditChange(object, from: "1000", to: "1010"))
        }
    }

    @Test("a line has the number of the request that its task answers, and is found by it", arguments: Engine.allCases)
    func request(_ engine: Engine) async throws {
        try await engine.storage { storage in
            try await within(.reset) { try await storage.say("export 1") }
            let number = try present(RequestNumber(given: "b09eaeacd1602bde"))
            try await RequestNumber.$current.withValue(number) {
                try await within(.hold) { try await storage.say("export 2") }
            }
            #expect(try await all(storage).map(\.request) == [nil, "b09eaeacd1602bde"])
            let found = try await storage.auditEntries(matching: AuditFilter(request: "b09eaeacd1602bde"))
            #expect(found.map(\.change.object) == ["export 2"])
            #expect(try await AuditReport.make(of: storage, against: nil, SystemDigest()).findings.isEmpty)
        }
    }

    @Test("lines from before requests had numbers verify as before, in the database and in a backup of that time")
    func earlierLines() async throws {
        try await withFolder { folder in
            let path = folder + "/daybook.db"
            let database = try SQLiteSettings.openFile(at: path)
            try Migrations.all(.forTests).migrate(database, upTo: "0016-people")
            try await database.write { database in
                try database.execute(
                    sql: """
                        INSERT INTO acts (at, actor, act) VALUES (1, 'page', 'first'), (2, 'page', 'second')
                        """)
            }
            try Migrations.all(.forTests).migrate(database, upTo: "0021-customers")
            try database.close()
            let earlier = try AuditFile(path: path)
            let before = try await AuditReport.make(of: earlier, against: nil, SystemDigest())
            #expect(before.findings.isEmpty && before.count == 2)
            #expect(try await earlier.auditEntries(matching: AuditFilter(request: "x")).isEmpty)
            #expect(try await earlier.auditEntries(matching: AuditFilter()).map(\.version) == [.first, .first])

            let storage = try SQLiteStorage(at: .file(path), sealer: .forTests)
            let number = try present(RequestNumber(given: "r1"))
            try await RequestNumber.$current.withValue(number) {
                try await within(.reset) { try await storage.say("export 1") }
            }
            let report = try await AuditReport.make(of: storage, against: before.anchor, SystemDigest())
            #expect(report.findings.isEmpty && report.count == 3)
            #expect(try await all(storage).map(\.request) == [nil, nil, "r1"])
            try storage.close()
        }
    }

    @Test("what changes nothing, and what is rolled back, has no line", arguments: Engine.allCases)
    func nothing(_ engine: Engine) async throws {
        try await engine.storage { storage in
            try await within(.release) {
                _ = try await storage.change(.inState(.onHold), by: Self.pat, at: morning) { _ in
                    .failure(ExportEventRefused(state: .onHold, event: .holdRequested))
                }
            }
            await #expect(throws: PersonMissing.self) {
                try await within(.managePeople) {
                    _ = try await storage.change(Person.ID(9), keeping: nil, at: morning) { $0.password = nil }
                }
            }
            #expect(try await all(storage).isEmpty)
        }
    }

    @Test(
        "each export of a reset has its line, and a verb that says nothing has one all the same",
        arguments: Engine.allCases)
    func lines(_ engine: Engine) async throws {
        try await engine.storage { storage in
            try await within(.record) {
                _ = try await storage.record(try Examples.rentals(3), policy: .allOrNothing, at: morning)
            }
            _ = try await within(.hold) {
                try await storage.change(.inState(.pending), by: Self.pat, at: morning) {
                    $0.progress.after(.holdRequested)
                }
            }
            try await within(.connect) { try await storage.nameEnvironment(Environment.Name("sandbox")) }
            try await within(.saveApp) { try await storage.noteNothingButChange() }
            let entries = try await all(storage)
            #expect(entries.map(\.change.object) == ["transactions", "export 1", "export 2", "export 3", nil])
            #expect(entries[0].change.after == "3 recorded")
            #expect(entries[1].change.after == "From Pending to On hold.")
            #expect(entries.map(\.serial) == Array(1...5))
        }
    }

    @Test("whatever random verbs change within acts is in the trail, which stays whole", arguments: [1, 2, 3])
    func random(seed: UInt64) async throws {
        try await Engine.sqliteMemory.storage { storage in
            var random = SeededRandom(seed: seed)
            var acts = RandomActs(storage: storage, connections: [.first])
            for number in 0..<60 {
                let lines = try await all(storage).count
                let before = try await storage.changes()
                let done = try await Act.$current.withValue(Act(.verb(.reset), by: Self.pat, at: after(Double(number))))
                {
                    try await acts.act(&random)
                }
                let hasChanged = try await storage.changes() > before
                #expect((try await all(storage).count > lines) == hasChanged, "\(done), seed \(seed)")
            }
            let report = try await AuditReport.make(of: storage, against: nil, SystemDigest())
            #expect(report.findings.isEmpty && report.count > 60)
        }
    }

    @Test("filters: who, act, what and its beginning, span, and pages", arguments: Engine.allCases)
    func filters(_ engine: Engine) async throws {
        try await engine.storage { storage in
            for number in 1...12 {
                let actor: Actor = number.isMultiple(of: 2) ? Self.pat : .command("command line")
                let act = Act(.verb(number > 6 ? .hold : .reset), by: actor, at: after(Double(number)))
                try await Act.$current.withValue(act) { try await storage.say("export \(number)") }
            }
            func serials(_ filter: AuditFilter) async throws -> [Int64] {
                try await storage.auditEntries(matching: filter).map(\.serial)
            }
            #expect(try await serials(AuditFilter()) == Array((1...12).reversed()))
            #expect(try await serials(AuditFilter(actor: "pAT")) == [12, 10, 8, 6, 4, 2])
            #expect(try await serials(AuditFilter(actor: "Pat", act: "hold")) == [12, 10, 8])
            #expect(try await serials(AuditFilter(object: "export 1")) == [1])
            #expect(try await serials(AuditFilter(object: "export")) == Array((1...12).reversed()))
            #expect(try await serials(AuditFilter(object: "exp")).isEmpty)
            #expect(try await serials(AuditFilter(since: after(3), until: after(6))) == [5, 4, 3])
            #expect(try await serials(AuditFilter(before: 5, limit: 2)) == [4, 3])
        }
    }

    @Test("the database itself refuses to change or delete a line", arguments: Engine.allCases)
    func refused(_ engine: Engine) async throws {
        try await engine.storage { storage in
            try await within(.reset) { try await storage.say("export 1") }
            for text in ["UPDATE audit_entries SET actor = 'kim'", "DELETE FROM audit_entries"] {
                await #expect(throws: StorageFailure.self) {
                    try await storage.write { _ = try $0.run(text, []) }
                }
            }
            #expect(try await all(storage).count == 1)
        }
    }
}

extension RelationalStorage {
    /// Changes something, and says so for the trail.
    fileprivate func say(_ object: String) async throws {
        try await write { sql in sql.audit(AuditChange(object)) }
    }

    /// Changes something, and says nothing of it.
    fileprivate func noteNothingButChange() async throws {
        try await write { sql in _ = try sql.run("UPDATE copy_epoch SET epoch = epoch + 1", []) }
    }

    /// How many rows were changed so far, apart from the trail's own.
    fileprivate func changes() async throws -> Int64 {
        let trail = Int64(try await auditEntries(after: 0, limit: 100_000).count)
        let all = try await write { sql in
            var row = try sql.rows("SELECT total_changes()", []).first
            return try row?.integer() ?? 0
        }
        return all - trail
    }
}
