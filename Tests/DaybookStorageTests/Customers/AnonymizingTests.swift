// SPDX-License-Identifier: Apache-2.0
@testable import Daybook
import DaybookStorage
import Foundation
import Testing

@Suite("Anonymizing a customer")
struct AnonymizingTests {
    private static let ann = CustomerBooks.ann

    private func withThree(
        _ engine: Engine, isPosted: Bool = true, _ body: (CustomerBooks) async throws -> Void
    ) async throws {
        try await engine.storage { storage in
            let books = CustomerBooks(storage: storage)
            _ = try await storage.record(try CustomerBooks.three(), policy: .allOrNothing, at: morning)
            if isPosted { try await books.post() }
            try await body(books)
        }
    }

    @Test(
        "a customer is found by words of the name and by the number, with what became of each",
        arguments: Engine.allCases)
    func finds(_ engine: Engine) async throws {
        try await withThree(engine) { books in
            for wanted in [CustomerFilter.Wanted.named("OSTR ann"), .named("öst"), .numbered("A-77")] {
                let found = try await books.storage.customers(matching: CustomerFilter(wanted))
                let ann = CustomerSummary(
                    key: Self.ann, name: "Ann Ostrander", transactions: 2,
                    firstDate: try present(CalendarDate(text: "2015-03-04")),
                    lastDate: try present(CalendarDate(text: "2016-05-06")), exports: [.exported: 2],
                    isAnonymized: false)
                #expect(found == [ann], "\(wanted)")
            }
            let all = try await books.storage.customers(matching: CustomerFilter())
            #expect(all.map(\.key.id) == ["B-12", "A-77"], "whose last transaction is oldest comes first")
            for wanted in [CustomerFilter.Wanted.named("zelda"), .named("lake ann"), .numbered("A-7")] {
                #expect(try await books.storage.customers(matching: CustomerFilter(wanted)).isEmpty, "\(wanted)")
            }
        }
    }

    @Test("name, number, memo and texts become a pseudonym; the books stay as they were", arguments: Engine.allCases)
    func anonymizes(_ engine: Engine) async throws {
        try await withThree(engine) { books in
            let before = try await books.books()
            let anonymized = try await books.storage.anonymize(Self.ann, at: after(40))
            #expect(anonymized.transactions == 2 && anonymized.mentions == [3])
            try await books.finish()
            #expect(try await books.books() == before)

            let name = anonymized.pseudonym.name
            for serial in [Int64(1), 2] {
                let export = try present(try await books.storage.export(serial: serial))
                #expect(export.row.transactions.map(\.customerName) == [name])
                let shown = "\(export)"
                for word in ["Ostrander", "Zelda", "A-77", "012-3456", "example.com"] {
                    #expect(!shown.contains(word), "\(word) in export \(serial)")
                }
            }
            let stored = try present(
                try await books.storage.transaction(key: .init(source: "counter", store: .defaults, id: "R1")))
            #expect(stored.content.contains("\"name\":\"\(name)\""))
            #expect(stored.content.contains("Lift to \(name), [removed], [removed]"))
            #expect(!stored.content.contains("memo"))
            let other = try present(try await books.storage.export(serial: 3))
            #expect(other.row.transactions.map(\.customerName) == ["Bo Lake"], "another customer's stays")

            for words in ["ostrander", "ann", "zelda", "A-77"] {
                #expect(try await books.found(words) == (words == "A-77" || words == "zelda" ? [] : [3]), "\(words)")
            }
            #expect(try await books.found(anonymized.pseudonym.code) == [1, 2])
            #expect(try await books.found("k-r1 123.45") == [1], "by its other words as before")
            try await integrity(books.storage)
        }
    }

    /// FTS5 compares its index with what the view says now.
    private func integrity(_ storage: any RelationalStorage) async throws {
        _ = try await storage.write { sql in
            try sql.run("INSERT INTO export_search (export_search, rank) VALUES ('integrity-check', 1)", [])
        }
    }

    @Test(
        "what is sent again is a repetition, and with other content a conflict, as before", arguments: Engine.allCases)
    func again(_ engine: Engine) async throws {
        try await withThree(engine) { books in
            _ = try await books.storage.anonymize(Self.ann, at: after(40))
            try await books.finish()
            let three = try CustomerBooks.three()
            let outcomes = try await books.storage.record(three, policy: .partial, at: after(60))
            #expect(
                outcomes == [.alreadyThere(exports: [1]), .alreadyThere(exports: [2]), .alreadyThere(exports: [3])])
            let other = try CustomerBooks.recording(
                "R2", of: CustomerBooks.customer("A-77", "Ann Ostrander"), date: "2016-05-06", cents: 1)
            #expect(try await books.storage.record([other], policy: .partial, at: after(60)) == [.conflict])
            let stored = try present(
                try await books.storage.transaction(key: .init(source: "counter", store: .defaults, id: "R2")))
            let pseudonymous = Recording(three[1].balanced, content: stored.content, exports: three[1].exports)
            #expect(
                try await books.storage.record([pseudonymous], policy: .partial, at: after(60)) == [.conflict],
                "the pseudonym itself is not what came")
        }
    }

    @Test("a customer who comes back is another decision, under the same pseudonym", arguments: Engine.allCases)
    func comesBack(_ engine: Engine) async throws {
        try await withThree(engine) { books in
            let first = try await books.storage.anonymize(Self.ann, at: after(40))
            try await books.finish()
            await #expect(throws: CustomerMissing.self) { try await books.storage.anonymize(Self.ann, at: after(41)) }
            let ghost = CustomerKey(source: "counter", id: first.pseudonym.id)
            await #expect(throws: CustomerMissing.self) { try await books.storage.anonymize(ghost, at: after(41)) }
            let back = try CustomerBooks.recording("R9", of: CustomerBooks.customer("A-77", "Ann Lake"))
            _ = try await books.storage.record([back], policy: .allOrNothing, at: after(60))
            #expect(try await books.storage.customers(matching: CustomerFilter(.numbered("A-77"))).count == 1)
            try await books.post()
            let second = try await books.storage.anonymize(Self.ann, at: after(70))
            try await books.finish()
            #expect(second.pseudonym == first.pseudonym && second.transactions == 1)
            let now = try await books.storage.customers(matching: CustomerFilter(.numbered(first.pseudonym.id)))
            #expect(now.map(\.transactions) == [3] && now.map(\.isAnonymized) == [true])
        }
    }

    @Test("another installation makes another pseudonym of the same customer")
    func secret() async throws {
        var pseudonyms: Set<Pseudonym> = []
        for _ in 0..<2 {
            try await withThree(.sqliteMemory) { books in
                pseudonyms.insert(try await books.storage.anonymize(Self.ann, at: after(40)).pseudonym)
            }
        }
        #expect(pseudonyms.count == 2)
    }

    @Test("it is refused while something is not settled, and says what", arguments: Engine.allCases)
    func refused(_ engine: Engine) async throws {
        try await withThree(engine, isPosted: false) { books in
            let pending = CustomerUnsettled(
                exports: [.init(serial: 1, state: .pending), .init(serial: 2, state: .pending)], count: 2)
            await #expect(throws: pending) { try await books.storage.anonymize(Self.ann, at: after(40)) }
            #expect(try await books.storage.anonymizeMore(most: 10, at: after(41)) == .done, "nothing was decided")

            // All three went in one request; of it only Bo's is still being looked up.
            let lease = try await books.storage.lease()
            let units = try await books.storage.agenda().pending
            let exporting = units.map { Examples.change($0.export, to: ExportProgress(state: .exporting)) }
            try await books.storage.open(
                books.envelope("r1", of: units), changes: exporting, lease: lease, at: morning)
            let doubt = ExportState.checking(Doubt(since: after(1), lookNoEarlierThan: after(5)))
            let settled = exporting.map { change in
                let state =
                    change.serial == 3
                    ? doubt : .exported(Receipt(documentID: "d\(change.serial)", syncToken: "0"))
                return ExportChange(
                    serial: change.serial, from: change.to, to: ExportProgress(state: state), note: change.note)
            }
            try await books.storage.settle(Settlement(requestID: "r1", changes: settled), lease: lease, at: after(2))
            let shared = CustomerUnsettled(
                exports: [.init(serial: 1, state: .exported), .init(serial: 2, state: .exported)], count: 2)
            await #expect(throws: shared) { try await books.storage.anonymize(Self.ann, at: after(40)) }
        }
    }

    @Test("what an excluded export leaves is anonymized, and it may be taken in again", arguments: Engine.allCases)
    func excluded(_ engine: Engine) async throws {
        try await withThree(engine, isPosted: false) { books in
            _ = try await books.storage.change(.inState(.pending), by: .command("pat"), at: morning) {
                $0.progress.after(.excludeRequested)
            }
            let anonymized = try await books.storage.anonymize(Self.ann, at: after(40))
            try await books.finish()
            _ = try await books.storage.change(.inState(.excluded), by: .command("pat"), at: morning) {
                $0.progress.after(.includeRequested(now: morning))
            }
            let notes = try await books.storage.agenda().pending.map(\.note)
            #expect(notes.count == 3 && notes[0].contains(anonymized.pseudonym.name) && !notes[0].contains("Ann"))
        }
    }

    @Test("its line in the audit trail has the pseudonym and no name, and there is one line")
    func audit() async throws {
        try await withThree(.sqliteMemory) { books in
            let act = Act(.verb(.anonymizeCustomer), by: .command("pat"), at: after(40))
            let anonymized = try await Act.$current.withValue(act) {
                let anonymized = try await books.storage.anonymize(Self.ann, at: after(40))
                _ = try await books.storage.anonymize(Self.ann, at: after(41))
                try await books.finish(most: 1)
                return anonymized
            }
            let lines = try await books.storage.auditEntries(after: 0, limit: 10)
            #expect(lines.map(\.act) == ["anonymize-customer"])
            let change = AuditChange("customer \(anonymized.pseudonym.code)", to: "2 transactions")
            #expect(lines.map(\.change) == [change])
        }
    }

    @Test("customers who were not seen for years are anonymized by themselves, one after the other, and no others")
    func age() async throws {
        struct Clock: WallClock { let now: Date }
        try await withThree(.sqliteMemory) { books in
            let recent = try CustomerBooks.recording(
                "R4", of: CustomerBooks.customer("C-1", "Cy Young"), date: "2022-01-01")
            let unsettled = try CustomerBooks.recording(
                "R5", of: CustomerBooks.customer("D-1", "Di Old"), date: "2001-01-01")
            _ = try await books.storage.record([recent], policy: .allOrNothing, at: morning)
            try await books.post()
            _ = try await books.storage.record([unsettled], policy: .allOrNothing, at: morning)
            // 2023-11-14; Bo was last seen in March 2015 and Ann in May 2016.
            func names(after years: Int?) async throws -> [String] {
                let retention = CustomerRetention(storage: books.storage, clock: Clock(now: morning), years: years)
                var wake = try await retention.step()
                while case .at(let date) = wake, date < after(60) { wake = try await retention.step() }
                return try await books.storage.customers(matching: CustomerFilter()).map(\.name).sorted()
            }
            #expect(try await names(after: nil) == ["Ann Ostrander", "Bo Lake", "Cy Young", "Di Old"])
            #expect(try await names(after: 9) == ["Ann Ostrander", "Bo Lake", "Cy Young", "Di Old"])
            #expect(try await names(after: 8) == ["Ann Ostrander", "Cy Young", "Di Old"])
            #expect(try await names(after: 1) == ["Di Old"])
            let lines = try await books.storage.auditEntries(after: 0, limit: 10)
            #expect(lines.map(\.act) == Array(repeating: "anonymize-customer", count: 3))
            #expect(Set(lines.map(\.actor.kind)) == [.system])
        }
    }

    @Test("so many years before the end of a February is a day that there is")
    func leapDay() throws {
        let leap = try present(CalendarDate(text: "2024-02-29"))
        let moment = Date(timeIntervalSince1970: Double(leap.daysSinceEpoch) * 86_400 + 5)
        #expect(CustomerRetention.day(1, before: moment)?.text == "2023-02-28")
        #expect(CustomerRetention.day(4, before: moment)?.text == "2020-02-29")
        #expect(CustomerRetention.day(1_000, before: moment) == nil)
    }
}
