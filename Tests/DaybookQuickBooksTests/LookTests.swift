// SPDX-License-Identifier: Apache-2.0
import Daybook
import DaybookQuickBooks
import Foundation
import HTTPTransport
import HTTPTypes
import Testing

@Suite("Looking for documents of ours")
struct LookTests {
    private let export: Export

    init() throws { export = try Units.export(1) }

    private var sought: SoughtDocument {
        SoughtDocument(
            exportSerial: 1, exportID: export.id, documentNumber: export.documentNumber, date: export.date,
            total: export.total, firstSentAt: StandingClock().now)
    }

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

    private func finding(_ intuit: CannedIntuit) async throws -> Finding? {
        guard case .looked(let findings) = try await ledger(intuit).look(for: [sought], access: access) else {
            Issue.record("it looked")
            return nil
        }
        return findings[1]
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
        for note in ["\(marker)B Invoice", "\(marker)7", "Daybook OTHER", "", "x \(marker)"] {
            guard case .foreign(let id, let words) = try await finding(CannedIntuit(answer(entry(note: note)))) else {
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
        #expect(queries.count == 2 && queries.last?.contains("MetaData.CreateTime >=") == true)
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

    @Test(
        "a look that was not answered finds nothing out",
        arguments: [
            CannedIntuit.Answer.body(500, ""), .body(200, "<html>"), .body(200, "{\"QueryResponse\":{\"Jou"),
            .failure(.timedOut(sentBytes: true)), .body(503, "<html>"),
        ])
    func failed(answer: CannedIntuit.Answer) async throws {
        guard case .failed = try await ledger(CannedIntuit(answer)).look(for: [sought], access: access) else {
            Issue.record("a failed look found something")
            return
        }
    }

    @Test("a look that fails at its second question finds nothing out either")
    func failedHalfway() async throws {
        let intuit = CannedIntuit(answer(), .failure(.timedOut(sentBytes: true)))
        guard case .failed = try await ledger(intuit).look(for: [sought], access: access) else {
            Issue.record("absent was believed without the second question")
            return
        }
    }

    @Test("401, 403 and 429 say so")
    func notExecuted() async throws {
        for (status, expected) in [(401, NotExecuted.unauthorized(intuitTID: "tid-1")), (429, .throttled)] {
            let outcome = try await ledger(CannedIntuit(.body(status, ""))).look(for: [sought], access: access)
            #expect(outcome == .notExecuted(expected))
        }
    }
}
