// SPDX-License-Identifier: Apache-2.0
import Daybook
@testable import DaybookStorage
import Foundation
import Testing

@Suite("Storage: restored copies", .serialized)
struct CopyTests {
    @Test("a notice for all companies concerns each, and the latest one counts", arguments: Engine.allCases)
    func latest(engine: Engine) async throws {
        try await engine.storage { storage in
            #expect(try await storage.restoredCopy(of: .first) == nil)
            let units = try await storage.exporting(2, lease: storage.lease())
            let last = try #require(units.map(\.export.serial).max())
            try await storage.notice(CopyNotice(sign: .copied, missingEnvelopes: 3), at: after(10))
            let copy = try #require(try await storage.restoredCopy(of: .first))
            let expected = RestoredCopy(
                serial: 1, connection: nil, noticedAt: after(10), sign: .copied, missingEnvelopes: 3,
                lastSentAt: morning, lastSerial: last)
            #expect(copy == expected)
            let second = try await storage.addConnection(app: nil, by: .command("pat"), at: morning)
            #expect(try await storage.restoredCopy(of: second)?.lastSentAt == nil)
            try await storage.notice(
                CopyNotice(connection: second, sign: .unknownDocuments, unknownDocuments: 4), at: after(20))
            #expect(try await storage.restoredCopy(of: second)?.unknownDocuments == 4)
            #expect(try await storage.restoredCopy(of: .first) == expected)
        }
    }

    @Test("a survey begins at the last sending, else at the connection's first line", arguments: Engine.allCases)
    func since(engine: Engine) async throws {
        try await engine.storage { storage in
            #expect(try await storage.surveySince(.first) == nil)
            try await storage.note(Examples.note("first"), on: .first)
            #expect(try await storage.surveySince(.first) == morning)
            let lease = try await storage.lease(seconds: 600)
            _ = try await storage.exporting(1, lease: lease)
            try await storage.settle(
                Settlement(requestID: "r1", phase: .ready, changes: []), lease: lease, at: after(5))
            try await storage.resend("r1", lease: lease, at: after(50))
            #expect(try await storage.surveySince(.first) == after(50))
        }
    }

    @Test("exports are found by their ids, of whatever company, and stores by what they posted")
    func known() async throws {
        try await Engine.sqliteMemory.storage { storage in
            let units = try await storage.exporting(2, lease: storage.lease())
            let ids = units.map(\.export.id) + [Export.ID("unknown")]
            let second = try await storage.addConnection(app: nil, by: .command("pat"), at: morning)
            let two = try present(StoreNumber(2))
            _ = try await storage.assign(two, to: second, by: .command("pat"), at: morning)
            let other = try Examples.rental("other", store: 2)
            _ = try await storage.record([other], policy: .allOrNothing, at: morning)
            let found = try await storage.exports(withIDs: ids + other.exports.map(\.id))
            #expect(found.map(\.connection) == [.first, .first, second])
            #expect(try await storage.storesPosting(to: .first) == Set(units.map(\.export.store)))
            #expect(try await storage.storesPosting(to: second) == [two])
        }
    }

    @Test("a company's connections are those of its realm, a detached one too", arguments: Engine.allCases)
    func sameCompany(engine: Engine) async throws {
        try await engine.storage { storage in
            for _ in 0..<2 { _ = try await storage.addConnection(app: nil, by: .command("pat"), at: morning) }
            let realms = [("9130", "'sandbox'"), ("9130", "NULL"), ("9131", "'sandbox'")]
            let companies = CompanyKeeping(sealer: storage.sealer)
            try await storage.write { sql in
                for (index, (realm, environment)) in realms.enumerated() {
                    _ = try sql.run(
                        """
                        UPDATE connections SET company_id = $1, company_name = 'Ridge', environment = \(environment)
                        WHERE id = $2
                        """, [.integer(try companies.number(of: realm, sql)), .int(index + 1)])
                }
            }
            let both: Set<Connection.ID> = [.first, Connection.ID(2)]
            #expect(try await storage.connections(forCompanyOf: .first) == both)
            #expect(try await storage.connections(forCompanyOf: Connection.ID(2)) == both)
            #expect(try await storage.connections(forCompanyOf: Connection.ID(3)) == [Connection.ID(3)])
        }
    }

    @Test("an unknown document is kept in mind once", arguments: Engine.allCases)
    func unknown(engine: Engine) async throws {
        try await engine.storage { storage in
            let document = MarkedDocument(
                kind: .journalEntry, exportID: Export.ID("S"), documentID: "7", number: "1-A-B")
            try await storage.keep(unknown: [document], createdSince: after(-60), on: .first, at: morning)
            try await storage.keep(unknown: [document], createdSince: after(2), on: .first, at: after(5))
            #expect(try await storage.unknownDocuments(on: .first) == [Export.ID("S")])
        }
    }

    @Test(
        "a document whose transaction is taken later is sought from when it may have been made",
        arguments: Engine.allCases)
    func unknownSince(engine: Engine) async throws {
        try await engine.storage { storage in
            let rental = try Examples.rental("later")
            let document = MarkedDocument(
                kind: .journalEntry, exportID: try present(rental.exports.first).id, documentID: "7", number: "X")
            try await storage.keep(unknown: [document], createdSince: after(-600), on: .first, at: morning)
            _ = try await storage.record([rental, Examples.rental("other")], policy: .allOrNothing, at: after(5))
            let changes = try await storage.agenda().pending.map { unit in
                var progress = unit.export.progress
                try progress.apply(.lookRequired(since: after(6), firstLook: after(6)))
                return Examples.change(unit.export, to: progress)
            }
            try await storage.settle(Settlement(changes: changes), lease: storage.lease(), at: after(6))
            #expect(try await storage.agenda(at: after(7)).dueLooks.map(\.firstSentAt) == [after(-600), after(5)])
        }
    }

    @Test(
        "a document of another company's is found by its export's id, until a person was told of it",
        arguments: Engine.allCases)
    func elsewhere(engine: Engine) async throws {
        try await engine.storage { storage in
            let second = try await storage.addConnection(app: nil, by: .command("pat"), at: morning)
            let document = MarkedDocument(
                kind: .journalEntry, exportID: Export.ID("S"), documentID: "7", number: "1-A-B")
            try await storage.keep(unknown: [document], createdSince: morning, on: second, at: morning)
            let ids = [Export.ID("S"), Export.ID("T")]
            let found = try await storage.documents(of: ids, outside: .first)
            #expect(found.map(\.document) == [document] && found.map(\.connection) == [second])
            #expect(try await storage.documents(of: ids, outside: second).isEmpty)
            #expect(try await storage.documents(of: [Export.ID("T")], outside: .first).isEmpty)
            let stop = PostingStop(since: after(1), explanation: "stopped")
            let notice = CopyNotice(connection: second, sign: .secondCopy)
            try await storage.stopPosting(stop, on: .first, notice: notice, told: ["7"])
            #expect(try await !storage.documents(of: ids, outside: .first).isEmpty, "another company's 7")
            try await storage.stopPosting(stop, on: second, notice: notice, told: ["7", "8"])
            try await storage.stopPosting(stop, on: second, notice: notice, told: ["7"])
            #expect(try await storage.documents(of: ids, outside: .first).isEmpty)
            #expect(try await storage.toldDocuments(on: second) == ["7", "8"])
        }
    }

    @Test(
        "a stop of posting is kept as it was first said, with its notice, until a person resumes",
        arguments: Engine.allCases)
    func postingStop(engine: Engine) async throws {
        try await engine.storage { storage in
            #expect(try await storage.postingStop(of: .first) == nil)
            let stop = PostingStop(since: after(5), explanation: "twice: 7 and 9")
            let notice = CopyNotice(connection: .first, sign: .secondCopy, unknownDocuments: 1)
            try await storage.stopPosting(stop, on: .first, notice: notice, told: ["7", "9"])
            #expect(try await storage.toldDocuments(on: .first) == ["7", "9"])
            let later = PostingStop(since: after(9), explanation: "again")
            try await storage.stopPosting(later, on: .first, notice: notice, told: ["9", "11"])
            #expect(try await storage.postingStop(of: .first) == stop)
            #expect(try await storage.restoredCopy(of: .first)?.sign == .secondCopy)
            let second = try await storage.addConnection(app: nil, by: .command("pat"), at: morning)
            #expect(try await storage.postingStop(of: second) == nil)
            try await storage.resumePosting(by: .command("pat"), at: after(20))
            #expect(try await storage.postingStop(of: .first) == nil)
            #expect(try await storage.restoredCopy(of: .first) != nil, "its documents are looked up all the same")
        }
    }

    @Test("a proof of absence outlives a restart, and a document in doubt is sought from what may be unknown on")
    func absence() async throws {
        try await withFolder { folder in
            let location = SQLiteStorage.Location.file(folder + "/daybook.db")
            let storage = try SQLiteStorage(at: location, sealer: .forTests)
            let lease = try await storage.lease(seconds: 600)
            _ = try await storage.record(Examples.rentals(1), policy: .allOrNothing, at: after(100))
            try await storage.notice(CopyNotice(sign: .copied), at: after(200))
            let export = try #require(try await storage.agenda().pending.first?.export)
            var progress = export.progress
            let copy = try #require(try await storage.restoredCopy(of: .first))
            try progress.apply(.lookRequired(since: after(200), firstLook: after(330), copy: copy.serial))
            try await storage.settle(
                Settlement(changes: [Examples.change(export, to: progress)]), lease: lease, at: after(201))
            let due = try #require(try await storage.agenda(at: after(400)).dueLooks.first)
            let month = RestoredCopy.lookingPeriod.seconds
            #expect(due.firstSentAt == after(200 - month), "it may have been sent before it was taken again")
            try progress.apply(.notFound(lookBegan: after(331), isProven: true, nextLook: after(331)))
            try await storage.settle(
                Settlement(changes: [Examples.change(due.export, to: progress)]), lease: lease, at: after(332))
            try storage.close()
            let again = try SQLiteStorage(at: location, sealer: .forTests)
            #expect(try await again.agenda().pending.first?.export.progress == progress)
            try again.close()
        }
    }

    /// What the second notice knows as sent was sent after the first restore.
    @Test(
        "after two restores a document is sought from what the first of them may have lost",
        arguments: Engine.allCases)
    func twoNotices(engine: Engine) async throws {
        try await engine.storage { storage in
            let lease = try await storage.lease(seconds: 900)
            _ = try await storage.exporting(1, lease: lease)
            _ = try await storage.record([Examples.rental("held")], policy: .allOrNothing, at: after(50))
            let held = try #require(try await storage.agenda().pending.first?.export)
            try await storage.settle(
                Settlement(changes: [Examples.change(held, to: ExportProgress(state: .onHold))]), lease: lease,
                at: after(50))
            try await storage.notice(CopyNotice(sign: .olderThanEpochFile), at: after(100))
            try await storage.settle(
                Settlement(requestID: "r1", phase: .ready, changes: []), lease: lease, at: after(150))
            try await storage.resend("r1", lease: lease, at: after(200))
            try await storage.notice(
                CopyNotice(connection: .first, sign: .secondCopy, unknownDocuments: 1), at: after(300))
            let second = try #require(try await storage.restoredCopy(of: .first))
            #expect(second.serial == 2 && second.documentsSince == after(200))
            func since(provenFor copy: Int64?) async throws -> Date {
                let export = try #require(try await storage.export(serial: held.serial)?.row.export)
                let doubt = Doubt(since: after(300), lookNoEarlierThan: after(300), copy: second.serial)
                let progress = ExportProgress(state: .checking(doubt), lastDoubt: after(300), absentCopy: copy)
                try await storage.settle(
                    Settlement(changes: [Examples.change(export, to: progress)]), lease: lease, at: after(301))
                return try #require(try await storage.agenda(at: after(400)).dueLooks.first).firstSentAt
            }
            #expect(try await since(provenFor: 1) == after(50), "the first one's time was looked through")
            #expect(try await since(provenFor: nil) == morning)
        }
    }

    @Test("the epoch's file has every envelope before it may be sent, and a notice is given once")
    func epoch() async throws {
        try await withFolder { folder in
            let machine = MachineIdentity(id: "0123456789abcdef", boot: "aaaaaaaa-1")
            func open() throws -> (SQLiteStorage, EpochFile) {
                let file = try EpochFile(path: folder + "/daybook.epoch", machine: machine)
                let location = SQLiteStorage.Location.file(folder + "/daybook.db")
                return (try SQLiteStorage(at: location, sealer: .forTests, epochFile: file), file)
            }
            let (storage, first) = try open()
            #expect(first.reading == .missing)
            #expect(try await storage.checkEpoch(at: morning) == nil, "a first start is no copy")
            try storage.close()
            let database = try #require(FileManager.default.contents(atPath: folder + "/daybook.db"))
            let (later, second) = try open()
            #expect(second.reading == .kept(0))
            _ = try await later.exporting(1, lease: later.lease())
            #expect(try EpochFile(path: folder + "/daybook.epoch", machine: machine).reading == .kept(1))
            try later.close()

            try database.write(to: URL(fileURLWithPath: folder + "/daybook.db"))
            let (restored, _) = try open()
            let notice = try #require(try await restored.checkEpoch(at: after(60)))
            #expect(notice == CopyNotice(sign: .olderThanEpochFile, missingEnvelopes: 1))
            #expect(try await restored.restoredCopy(of: .first)?.noticedAt == after(60))
            try restored.close()
            let (next, _) = try open()
            #expect(try await next.checkEpoch(at: after(90)) == nil)
            try next.close()
        }
    }
}
