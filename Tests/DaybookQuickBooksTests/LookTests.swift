// SPDX-License-Identifier: Apache-2.0
import DaybookQuickBooks
import Foundation
import HTTPTransport
import HTTPTypes
import Testing

@testable import Daybook

@Suite("Looking for documents of ours")
struct LookTests {
    private let export: Export

    init() throws { export = try Units.export(1) }

    /// A journal entry as QuickBooks would show it.
    private func entry(
        id: String = "91", number: String? = nil, note: String? = nil, date: String = "2026-11-15",
        amount: String = "107.25"
    ) -> String {
        let lines = ["Debit", "Credit"].map { side in
            """
            {"Amount":\(amount),"DetailType":"JournalEntryLineDetail",\
            "JournalEntryLineDetail":{"PostingType":"\(side)","AccountRef":{"value":"35"}}}
            """
        }
        return """
            {"Id":"\(id)","SyncToken":"3","DocNumber":"\(number ?? export.documentNumber.text)","TxnDate":"\(date)",\
            "PrivateNote":"\(note ?? export.id.marker + " Invoice")","Line":[\(lines.joined(separator: ","))]}
            """
    }

    private func answer(_ entries: String...) -> CannedIntuit.Answer {
        let content = entries.isEmpty ? "" : #""JournalEntry":[\#(entries.joined(separator: ","))]"#
        return .body(200, "{\"QueryResponse\":{\(content)}}")
    }

    private var span: CreationSpan {
        CreationSpan(firstSent: FixedClock().now, lastDoubt: FixedClock().now, horizon: .seconds(130))
    }

    private func numbered(_ intuit: CannedIntuit) async throws -> LedgerAnswer<[FoundDocument]> {
        try await ledger(intuit).documents(.journalEntry, numbered: [export.documentNumber], access: access)
    }

    private func page(_ intuit: CannedIntuit) async throws -> LedgerAnswer<MarkerPage> {
        try await ledger(intuit).documents(
            .journalEntry, createdIn: span, from: 1, size: 250, marked: [export.id], access: access)
    }

    /// By number and, with nothing found so, by marker.
    private func finding(_ intuit: CannedIntuit) async throws -> Finding? {
        guard case .answer(let documents) = try await numbered(intuit) else {
            Issue.record("it was not answered")
            return nil
        }
        let byNumber = LookMatching.finding(export, among: documents)
        guard byNumber == .absent else { return byNumber }
        guard case .answer(let page) = try await page(intuit) else {
            Issue.record("the page was not answered")
            return nil
        }
        return LookMatching.finding(of: export, among: LookMatching.sightings(of: [export], on: page)) ?? .absent
    }

    private let adopted = Finding.ours(Receipt(documentID: "91", syncToken: "3", wasLookedUp: true))

    @Test("marker, date and amount are ours: adopted")
    func ours() async throws {
        #expect(try await finding(CannedIntuit(answer(entry()))) == adopted)
        #expect(try await finding(CannedIntuit(answer(entry(note: export.id.marker)))) == adopted)
    }

    @Test("a number that another marker's document bears goes to a person")
    func anothersMarker() async throws {
        let marker = export.id.marker
        let another = "Daybook " + String(repeating: "B", count: 26)
        for (note, date) in [
            ("\(marker)B Invoice", "2026-11-16"), ("\(marker)7", "2026-11-16"), ("", "2026-11-16"),
            ("x \(marker)", "2026-11-16"), (another, "2026-11-15"),
        ] {
            let found = try await finding(CannedIntuit(answer(entry(note: note, date: date))))
            guard case .foreign(let id, let words) = found else {
                Issue.record("\(note) was taken for ours")
                continue
            }
            #expect(id == "91" && words.contains("was not made by Daybook") && words.contains("Reset for export"))
        }
    }

    @Test("our document with another amount or date goes to a person, who is told that it was changed")
    func changed() async throws {
        for changed in [entry(amount: "107.26"), entry(date: "2026-11-16")] {
            guard case .foreign("91", let words) = try await finding(CannedIntuit(answer(changed))) else {
                Issue.record("a changed document was adopted")
                continue
            }
            #expect(words.contains("was changed there"))
        }
    }

    @Test("ours is found beside another's with the same number")
    func besideAnother() async throws {
        let other = entry(id: "90", note: "by hand")
        #expect(try await finding(CannedIntuit(answer(other, entry()))) == adopted)
    }

    @Test("a document that somebody renumbered is found by its marker among what was created since")
    func renumbered() async throws {
        let intuit = CannedIntuit(answer(), answer(entry(id: "80", note: "by hand"), entry(number: "CHANGED")))
        #expect(try await finding(intuit) == adopted)
        let queries = intuit.requests.compactMap { $0.head.path?.removingPercentEncoding }
        #expect(queries.count == 2)
        #expect(queries.last?.contains("MetaData.CreateTime >=") == true)
        #expect(queries.last?.contains("MetaData.CreateTime <=") == true)
    }

    @Test("a stranger's entry with a line that lacks side and account keeps nothing from being found")
    func incompleteStranger() async throws {
        let stranger = """
            {"Id":"79","SyncToken":"0","Line":[{"Amount":1,"DetailType":"JournalEntryLineDetail",\
            "JournalEntryLineDetail":{"TaxAmount":1}}]}
            """
        #expect(try await finding(CannedIntuit(answer(), answer(stranger, entry(number: "CHANGED")))) == adopted)
    }

    @Test("nothing with its number, nothing with its marker: absent")
    func absent() async throws {
        let other = entry(id: "80", number: "OTHER", note: "by hand")
        #expect(try await finding(CannedIntuit(answer(), answer(other))) == .absent)
    }

    @Test("the same amounts without number and marker are not ours")
    func lookAlike() async throws {
        #expect(try await finding(CannedIntuit(answer(), answer(entry(number: "OTHER", note: "Invoice")))) == .absent)
    }

    @Test("two documents with our marker are one to a person, with both ids")
    func double() async throws {
        let two = answer(entry(id: "91"), entry(id: "95"))
        #expect(try await finding(CannedIntuit(two)) == .double(documentIDs: ["91", "95"]))
        let renumbered = CannedIntuit(answer(), answer(entry(id: "91", number: "A"), entry(id: "95", number: "B")))
        #expect(try await finding(renumbered) == .double(documentIDs: ["91", "95"]))
        #expect(LookMatching.doubleWords(["91", "95"], .journalEntry).contains("91 and 95"))
    }

    @Test("of a page only what carries the marker is kept; an entry that can't be read hides no other")
    func flat() async throws {
        let strange = #"{"Id":"70","SyncToken":7,"TxnDate":false,"PrivateNote":["x"],"Line":"none"}"#
        let stranger = entry(id: "71", note: "by hand")
        let intuit = CannedIntuit(answer(strange, stranger, entry(number: "CHANGED")))
        guard case .answer(let page) = try await page(intuit) else {
            Issue.record("the page was not answered")
            return
        }
        #expect(page.documents.map(\.documentID) == ["91"])
        #expect(page.count == 3 && page.firstID == "70" && page.lastID == "91")
    }

    @Test(
        "an answer that lacks entries which it counts, or an entry's id, proves no absence",
        arguments: [
            #"{"QueryResponse":{"maxResults":2}}"#,
            #"{"QueryResponse":{"JournalEntry":[{"Id":"80"}],"maxResults":3}}"#,
            #"{"QueryResponse":{"JournalEntry":[{"Id":"80"},{"SyncToken":"0"}],"maxResults":2}}"#,
            #"{"QueryResponse":{"JournalEntry":[{"Id":"80"},{"Id":{"value":"81"}}]}}"#,
        ])
    func incomplete(body: String) async throws {
        guard case .failed(let reason) = try await numbered(CannedIntuit(.body(200, body))) else {
            Issue.record("a part was taken for the whole")
            return
        }
        #expect(reason == "QuickBooks' answer lacks some of the documents that it counts")
        guard case .failed = try await page(CannedIntuit(.body(200, body))) else {
            Issue.record("a part of a page was taken for the whole")
            return
        }
    }

    @Test("a count that is one off, as some have seen it, or an id as a number, is whole")
    func whole() async throws {
        for body in [
            #"{"QueryResponse":{"JournalEntry":[{"Id":"80"}],"maxResults":2}}"#,
            #"{"QueryResponse":{"JournalEntry":[{"Id":80}],"maxResults":1}}"#, #"{"QueryResponse":{"maxResults":0}}"#,
            #"{"QueryResponse":{}}"#,
        ] {
            guard case .answer(let page) = try await page(CannedIntuit(.body(200, body))) else {
                Issue.record("\(body) is whole")
                continue
            }
            #expect(page.firstID == (page.count == 0 ? nil : "80"))
        }
    }

    @Test(
        "a look that was not answered finds nothing out",
        arguments: [
            CannedIntuit.Answer.body(500, ""), .body(200, "<html>"), .body(200, "{\"QueryResponse\":{\"Jou"),
            .failure(.timedOut(sentBytes: true)), .body(503, "<html>"),
        ])
    func failed(answer: CannedIntuit.Answer) async throws {
        guard case .failed(let reason) = try await numbered(CannedIntuit(answer)) else {
            Issue.record("a failed look by number found something")
            return
        }
        #expect(!reason.contains("before repeating"), "a read changes nothing, so it may be repeated")
        guard case .failed = try await page(CannedIntuit(answer)) else {
            Issue.record("a failed page found something")
            return
        }
    }

    @Test("401, 403, 413 and 429 say so")
    func notExecuted() async throws {
        let refused = #"{"Fault":{"type":"AUTHORIZATION","Error":[{"Message":"no","Detail":"d","code":"3100"}]}}"#
        let cases: [(CannedIntuit.Answer, NotExecuted)] = [
            (.body(401, ""), .unauthorized(intuitTID: "tid-1")), (.body(403, refused), .forbidden(intuitTID: "tid-1")),
            (.body(413, "<html>"), .tooLarge), (.body(429, ""), .throttled),
        ]
        for (answer, expected) in cases {
            guard case .notExecuted(let reason) = try await numbered(CannedIntuit(answer)) else {
                Issue.record("\(expected) was taken for another")
                continue
            }
            #expect(reason == expected)
        }
    }
}
