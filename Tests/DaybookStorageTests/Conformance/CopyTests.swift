// SPDX-License-Identifier: Apache-2.0
import Daybook
import DaybookStorage
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
                connection: nil, noticedAt: after(10), sign: .copied, missingEnvelopes: 3, lastSentAt: morning,
                lastSerial: last)
            #expect(copy == expected)
            let second = try await storage.addConnection(app: nil, by: "pat", at: morning)
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

    @Test("exports are found by their ids within their company, and stores by what they posted")
    func known() async throws {
        try await Engine.sqliteMemory.storage { storage in
            let units = try await storage.exporting(2, lease: storage.lease())
            let ids = units.map(\.export.id) + [Export.ID("unknown")]
            #expect(try await storage.exports(withIDs: ids, on: .first).count == 2)
            let second = try await storage.addConnection(app: nil, by: "pat", at: morning)
            #expect(try await storage.exports(withIDs: ids, on: second).isEmpty)
            #expect(try await storage.storesPosting(to: .first) == Set(units.map(\.export.store)))
            #expect(try await storage.storesPosting(to: second).isEmpty)
        }
    }

    @Test("an unknown document is kept in mind once", arguments: Engine.allCases)
    func unknown(engine: Engine) async throws {
        try await engine.storage { storage in
            let document = MarkedDocument(exportID: Export.ID("S"), documentID: "7", number: "1-A-B")
            try await storage.keep(unknown: [document], on: .first, at: morning)
            try await storage.keep(unknown: [document], on: .first, at: after(5))
            #expect(try await storage.unknownDocuments(on: .first) == [Export.ID("S")])
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
            try await storage.stopPosting(stop, on: .first, notice: notice)
            let later = PostingStop(since: after(9), explanation: "again")
            try await storage.stopPosting(later, on: .first, notice: notice)
            #expect(try await storage.postingStop(of: .first) == stop)
            #expect(try await storage.restoredCopy(of: .first)?.sign == .secondCopy)
            let second = try await storage.addConnection(app: nil, by: "pat", at: morning)
            #expect(try await storage.postingStop(of: second) == nil)
            try await storage.resumePosting(by: "pat", at: after(20))
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
            try progress.apply(.lookRequired(since: after(200), firstLook: after(330)))
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
