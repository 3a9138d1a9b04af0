// SPDX-License-Identifier: Apache-2.0
import Daybook
import DaybookQuickBooks
import Foundation
import HTTPTransport
import HTTPTypes
import Testing

@Suite("Asking QuickBooks for documents that a database may not know")
struct SurveyTests {
    private static let id = String(repeating: "A", count: 26)
    private static let span = CreationSpan(
        from: Date(timeIntervalSince1970: 1_795_000_000), through: Date(timeIntervalSince1970: 1_795_003_600))

    private static func entry(_ id: Int, _ note: String, number: String = "1-A-BCDEF") -> String {
        #"{"Id":"\#(id)","SyncToken":"0","DocNumber":"\#(number)","PrivateNote":"\#(note)","Line":"anything"}"#
    }

    private static func page(_ entries: [String]) -> CannedIntuit.Answer {
        .body(200, #"{"QueryResponse":{"JournalEntry":[\#(entries.joined(separator: ","))]}}"#)
    }

    private func survey(_ intuit: CannedIntuit, from start: Int = 1) async throws -> SurveyPage? {
        guard
            case .answer(let page) = try await ledger(intuit).survey(
                .journalEntry, createdIn: Self.span, from: start, access: access)
        else {
            return nil
        }
        return page
    }

    @Test("the question is bounded at both ends, ordered, and asked by the page")
    func question() async throws {
        let intuit = CannedIntuit(Self.page([]))
        #expect(try await survey(intuit, from: 251) == SurveyPage(documents: [], next: nil))
        let path = try #require(intuit.requests.first?.head.path?.removingPercentEncoding)
        for part in [
            "MetaData.CreateTime >= '2026-11-18T11:06:40+00:00'", "MetaData.CreateTime <= '2026-11-18T12:06:40+00:00'",
            "ORDERBY Id", "STARTPOSITION 251 MAXRESULTS 250",
        ] {
            #expect(path.contains(part), "\(path)")
        }
    }

    @Test("a full page, or one short of it, has a next one")
    func pages() async throws {
        for (count, next) in [(250, 251), (249, 250), (248, nil)] as [(Int, Int?)] {
            let entries = (1...count).map { Self.entry($0, "of other people") }
            #expect(try await survey(CannedIntuit(Self.page(entries))) == SurveyPage(documents: [], next: next))
        }
    }

    @Test(
        "only what begins with a whole marker is ours, whatever else the entry holds",
        arguments: [
            ("Daybook \(id) Invoice 7", true), ("Daybook \(id)", true), ("Daybook \(id)/x", true),
            ("Daybook \(id)A Invoice", false), ("Daybook AAA Invoice", false), ("x Daybook \(id)", false), ("", false),
        ])
    func markers(note: String, isOurs: Bool) async throws {
        let found = try await survey(CannedIntuit(Self.page([Self.entry(7, note)])))
        let document = MarkedDocument(
            kind: .journalEntry, exportID: Export.ID(Self.id), documentID: "7", number: "1-A-BCDEF")
        #expect(found?.documents == (isOurs ? [document] : []))
    }

    @Test(
        "QuickBooks' time of booking is read, in whatever zone; what can't be read is not there",
        arguments: [
            (#""2026-11-18T03:08:41-08:00""#, 1_795_000_121.0), (#""2026-11-18T11:08:41Z""#, 1_795_000_121.0),
            (#""yesterday""#, nil), ("17", nil),
        ])
    func created(text: String, seconds: Double?) async throws {
        let entry = Self.entry(7, "Daybook \(Self.id)").dropLast() + #","MetaData":{"CreateTime":\#(text)}}"#
        let found = try #require(try await survey(CannedIntuit(Self.page([String(entry)]))))
        #expect(found.documents.map(\.createdAt) == [seconds.map { Date(timeIntervalSince1970: $0) }])
    }

    @Test("an entry that can't be read hides no other on its page, and fails none")
    func strangeEntry() async throws {
        let strange = #"{"Id":6,"SyncToken":[],"DocNumber":17,"PrivateNote":{"x":1},"Line":null}"#
        let found = try await survey(CannedIntuit(Self.page([strange, Self.entry(7, "Daybook \(Self.id)")])))
        #expect(found?.documents.map(\.documentID) == ["7"])
    }

    @Test("a page that lacks entries is none: what was not seen may be ours")
    func incomplete() async throws {
        #expect(try await survey(CannedIntuit(.body(200, #"{"QueryResponse":{"maxResults":2}}"#))) == nil)
    }

    @Test("the trial entry of Test connection is no document of an export")
    func trial() async throws {
        let entry = Self.entry(7, "Daybook \(Self.id) Test of the connection", number: "TEST-AAAAAAAA")
        #expect(try await survey(CannedIntuit(Self.page([entry])))?.documents == [])
    }

    @Test("numbers are counted without being read, and no answer is no count")
    func count() async throws {
        let numbers = ["1-A-B", "1-C-D"].map { DocumentNumber(stored: $0) }
        let intuit = CannedIntuit(.body(200, #"{"QueryResponse":{"totalCount":3}}"#))
        guard case .answer(3) = try await ledger(intuit).count(.journalEntry, numbered: numbers, access: access) else {
            Issue.record("it counted")
            return
        }
        let path = try #require(intuit.requests.first?.head.path?.removingPercentEncoding)
        #expect(path.contains("SELECT COUNT(*) FROM JournalEntry WHERE DocNumber IN ('1-A-B', '1-C-D')"), "\(path)")
        let unreadable = CannedIntuit(.body(200, #"{"QueryResponse":{}}"#))
        guard case .failed = try await ledger(unreadable).count(.journalEntry, numbered: numbers, access: access) else {
            Issue.record("an answer without a count was taken for one")
            return
        }
    }
}
