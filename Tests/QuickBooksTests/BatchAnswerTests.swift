// SPDX-License-Identifier: Apache-2.0
import Foundation
import QuickBooks
import Testing

@Suite("Answers to batches")
struct BatchAnswerTests {
    static let body = """
        {"BatchItemResponse":[
        {"bId":"b","Fault":{"type":"ValidationFault","Error":[{"Message":"m","Detail":"TxnId=9","code":"6140"}]}},
        {"JournalEntry":{"Id":"7","SyncToken":"0","TxnDate":"2026-11-22","Line":[{"Amount":1.10}],"x":1},"bId":"a"},
        {"bId":"d","JournalEntry":{"status":"Deleted","domain":"QBO","Id":"5"}},
        {"bId":"q","QueryResponse":{"Account":[{"Id":"1","AcctNum":"1000"}],"startPosition":1,"maxResults":1}},
        {"bId":"i","Invoice":{"Id":"88"}},
        {"bId":"u","JournalEntry":{"Id":"7","TxnDate":"not a day"}},
        {"bId":"e"},{"bId":"n","JournalEntry":{"SyncToken":"0"}},{"JournalEntry":{"Id":"1"}},
        {"bId":"t","Account":{"Id":"1"}},{"bId":"t","Account":{"Id":"2"}}],"time":"x"}
        """

    @Test("each item has its own result, in any order")
    func results() throws {
        let answer = try BatchAnswer(parsing: Array(Self.body.utf8))
        guard case .fault(let fault) = answer.result(for: "b") else {
            Issue.record("b has no fault")
            return
        }
        #expect(fault.classification == .duplicateDocNumber(transactionID: "9"))
        guard case .entity(let entity) = answer.result(for: "a") else {
            Issue.record("a has no entity")
            return
        }
        #expect(entity.id == "7" && entity.syncToken == "0" && !entity.isDeleted)
        #expect(try entity.decoded(as: JournalEntry.self).lines.first?.amount == Decimal(string: "1.10"))
        #expect(throws: QuickBooksError.self) { try entity.decoded(as: Account.self) }
        guard case .entity(let deleted) = answer.result(for: "d"), case .found(let found) = answer.result(for: "q"),
            case .entity(let invoice) = answer.result(for: "i")
        else {
            Issue.record("d, q or i has no entity")
            return
        }
        #expect(deleted.isDeleted && deleted.id == "5")
        #expect(try found.map { try $0.decoded(as: Account.self).acctNum } == ["1000"])
        #expect(invoice.name == "Invoice" && invoice.id == "88")
    }

    @Test("what is missing, doubled or unreadable is visible, and hides nothing else")
    func gaps() throws {
        let answer = try BatchAnswer(parsing: Array(Self.body.utf8))
        guard case .entity(let odd) = answer.result(for: "u") else {
            Issue.record("what was carried out must be known, also if it can't be read")
            return
        }
        #expect(odd.id == "7")
        #expect(throws: QuickBooksError.self) { try odd.decoded(as: JournalEntry.self) }
        #expect(answer.result(for: "n") == .unreadable)
        #expect(answer.result(for: "e") == .unreadable)
        #expect(answer.result(for: "t") == nil)
        #expect(answer.result(for: "z") == nil)
        #expect(answer.duplicates == ["t"])
        #expect(answer.missing(from: ["a", "z", "t"]) == ["z"])
    }

    @Test(
        "what isn't a batch's answer throws",
        arguments: ["", "{}", #"{"BatchItemResponse":{}}"#, "<html>", #"{"BatchItemResponse":[{"bId":"a"}"#])
    func notABatch(body: String) {
        let error = #expect(throws: QuickBooksError.self) { try BatchAnswer(parsing: Array(body.utf8)) }
        #expect(error?.code == .unreadableAnswer)
    }
}
