// SPDX-License-Identifier: Apache-2.0
import Foundation
import QuickBooks
import Testing

@Suite("Requests")
struct RequestComposerTests {
    let composer = RequestComposer(realmID: "934")

    @Test("paths carry the operation, the request id and the minor version")
    func paths() throws {
        let entry = JournalEntry(id: "5", syncToken: "0", lines: [])
        #expect(
            try composer.create(entry, requestID: "r1").path
                == "/v3/company/934/journalentry?requestid=r1&minorversion=75")
        #expect(
            try composer.delete(JournalEntry.self, id: "5", syncToken: "0").path
                == "/v3/company/934/journalentry?operation=delete&minorversion=75")
        #expect(composer.read(CompanyClass.self, id: "500/1").path == "/v3/company/934/class/500%2F1?minorversion=75")
        #expect(composer.companyInfo().path == "/v3/company/934/companyinfo/934?minorversion=75")
        #expect(
            composer.report("TrialBalance", [("end_date", "2026-11-22")]).path
                == "/v3/company/934/reports/TrialBalance?end_date=2026-11-22&minorversion=75")
        let update = try composer.update(entry)
        #expect(String(decoding: update.body, as: UTF8.self) == #"{"Id":"5","Line":[],"SyncToken":"0","sparse":true}"#)
        #expect(throws: QuickBooksError.self) { try composer.update(JournalEntry(lines: [])) }
        let tooLong = String(repeating: "x", count: 51)
        #expect(throws: QuickBooksError.self) { try composer.create(entry, requestID: tooLong) }
    }

    @Test("a batch names its items and keeps Intuit's limits")
    func batch() throws {
        let prepared = try composer.batch(
            [
                .create(id: "a", Department(name: "Store 1")),
                .delete(id: "b", JournalEntry.self, entityID: "5", syncToken: "1"),
                .query(id: "c", QueryText(Account.self)),
            ], requestID: "r")
        let expected =
            #"{"BatchItemRequest":[{"Department":{"Name":"Store 1"},"bId":"a","operation":"create"},"#
            + #"{"JournalEntry":{"Id":"5","SyncToken":"1"},"bId":"b","operation":"delete"},"#
            + #"{"Query":"SELECT * FROM Account","bId":"c"}]}"#
        #expect(String(decoding: prepared.body, as: UTF8.self) == expected)
        #expect(prepared.kind == .batch)
        #expect(prepared.path == "/v3/company/934/batch?requestid=r&minorversion=75")

        func items(_ ids: [String]) -> [BatchItem] { ids.map { .query(id: $0, QueryText(Account.self)) } }
        for bad in [[], ["a", "a"], [""], ["12345678901"], (0..<31).map(String.init)] {
            #expect(throws: QuickBooksError.self) { try composer.batch(items(bad)) }
        }
        #expect(throws: QuickBooksError.self) {
            try composer.batch(items(["a"]), requestID: String(repeating: "x", count: 37))
        }
    }

    @Test("a frozen request survives storage byte for byte")
    func storage() throws {
        let prepared = try composer.create(JournalEntry(docNumber: "ü", lines: []), requestID: "r")
        let stored = try JSONEncoder().encode(prepared)
        #expect(try JSONDecoder().decode(PreparedRequest.self, from: stored) == prepared)
    }

    @Test("a query too long for an address goes in the body")
    func longQuery() {
        let numbers = (0..<400).map { QueryValue.text("1-\($0)-ABCDE") }
        let prepared = composer.query(QueryText(JournalEntry.self).where(.docNumber, .isIn(numbers)))
        #expect(prepared.method == "POST")
        #expect(prepared.contentType == "application/text")
        #expect(prepared.path == "/v3/company/934/query?minorversion=75")
    }
}
