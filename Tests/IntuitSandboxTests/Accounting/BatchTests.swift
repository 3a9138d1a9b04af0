// SPDX-License-Identifier: Apache-2.0
import Foundation
import Testing

@testable import IntuitSandbox

@Suite("Batches")
struct BatchTests {
    private static func batch(_ items: [String]) -> String {
        "{\"BatchItemRequest\":[\(items.joined(separator: ","))]}"
    }

    private static func create(_ bID: String, _ journal: String) -> String {
        "{\"bId\":\"\(bID)\",\"operation\":\"create\",\"JournalEntry\":\(journal)}"
    }

    private static func byID(_ answer: AccountingAnswer) -> [String: JSONValue] {
        let items = answer.body["BatchItemResponse"]?.items ?? []
        return Dictionary(items.map { ($0["bId"]?.text ?? "", $0) }, uniquingKeysWith: { first, _ in first })
    }

    @Test("items stand or fall alone, and every one is answered under its bId")
    func mixed() throws {
        var company = TestCompany()
        let old = try company.posted(company.journal())
        let answer = company.post(
            "batch",
            Self.batch([
                Self.create("a", company.journal("1")), Self.create("b", company.journal("-1")),
                #"{"bId":"c","operation":"delete","JournalEntry":{"Id":"\#(old)","SyncToken":"0"}}"#,
                #"{"bId":"d","Query":"select * from Account where AcctNum = '1000'"}"#,
                #"{"bId":"e","operation":"update","Customer":{"Id":"2","SyncToken":"0","sparse":true,"Notes":"n"}}"#,
                #"{"bId":"f","Query":"select * from Nothing"}"#,
                #"{"bId":"g","operation":"create","Invoice":{}}"#, #"{"bId":"h","JournalEntry":{}}"#,
                #"{"bId":"i","operation":"update","optionsData":"void","JournalEntry":{"Id":"1","SyncToken":"0"}}"#,
            ]))
        #expect(answer.status == 200 && answer.committed)
        let items = Self.byID(answer)
        func code(_ bID: String) -> String? { items[bID]?["Fault"]?["Error"]?.items?.first?["code"]?.text }
        #expect(items.count == 9)
        #expect(items["a"]?["JournalEntry"]?["Id"]?.text != nil)
        #expect(code("b") == "2290" && items["b"]?["JournalEntry"] == nil)
        #expect(items["c"]?["JournalEntry"]?["status"] == "Deleted")
        #expect(items["d"]?["QueryResponse"]?["Account"]?.items?.count == 1)
        #expect(items["e"]?["Customer"]?["Notes"] == "n")
        #expect(code("f") == "4001" && code("g") == "500" && code("h") == "2020" && code("i") == "500")
    }

    @Test("the order of answers is not the order of items, and always the same")
    func order() {
        var company = TestCompany()
        let ids = (0..<30).map { "b\($0)" }
        let json = Self.batch(ids.map { Self.create($0, company.journal()) })
        func order() -> [String] {
            company.post("batch", json).body["BatchItemResponse"]?.items?.compactMap { $0["bId"]?.text } ?? []
        }
        let first = order()
        #expect(first != ids && first.sorted() == ids.sorted() && order() == first)
    }

    @Test("more than thirty items are 1040, and nothing is done")
    func tooBig() {
        var company = TestCompany()
        let count = company.file.documentCount
        let answer = company.post("batch", Self.batch((0..<31).map { Self.create("b\($0)", company.journal()) }))
        #expect(answer.status == 400 && answer.code == "1040" && !answer.committed)
        #expect(company.file.documentCount == count)
    }

    @Test("a bId used twice, or none at all, refuses the whole batch")
    func bIDs() {
        var company = TestCompany()
        let count = company.file.documentCount
        let twice = Self.batch([Self.create("x", company.journal()), Self.create("x", company.journal())])
        let answer = company.post("batch", twice)
        #expect(answer.code == "2010" && answer.element == "bId" && company.file.documentCount == count)
        #expect(company.post("batch", #"{"BatchItemRequest":[{"operation":"create"}]}"#).code == "2020")
        #expect(company.post("batch", "{}").code == "2020")
        #expect(company.post("batch", #"{"BatchItemRequest":[1]}"#).code == "2010")
    }

    @Test("a batch of refusals changes nothing")
    func allRefused() {
        var company = TestCompany()
        let answer = company.post("batch", Self.batch([Self.create("a", "{}")]))
        #expect(answer.status == 200 && !answer.committed)
    }

    @Test("optionsData allows a number twice")
    func options() throws {
        var company = TestCompany()
        let json = company.journal(extra: #""DocNumber":"T-1","#)
        _ = try company.posted(json)
        let item = #"{"bId":"1","operation":"create","optionsData":"allowduplicatedocnum","JournalEntry":\#(json)}"#
        #expect(Self.byID(company.post("batch", Self.batch([item])))["1"]?["JournalEntry"] != nil)
    }
}

@Suite("The requestid")
struct RequestIDTests {
    private static let id = ["requestid": "0123456789abcdef0123456789abcdef"]

    @Test("honoured: the first answer again, whatever the payload, and nothing is done")
    func honoured() {
        var company = TestCompany()
        let first = company.post("journalentry", company.journal("1"), Self.id)
        company.now += 60
        let second = company.post("journalentry", company.journal("2"), Self.id)
        #expect(second.body["JournalEntry"] == first.body["JournalEntry"])
        #expect(first.committed && !second.committed && second.status == 200)
        #expect(company.file.documentCount == 2)
    }

    @Test("ignored: done again")
    func ignored() {
        var company = TestCompany()
        company.requestIDs = .ignored
        let first = company.post("journalentry", company.journal(), Self.id)
        let second = company.post("journalentry", company.journal(), Self.id)
        #expect(first.body["JournalEntry"]?["Id"] != second.body["JournalEntry"]?["Id"] && second.committed)
    }

    @Test("answered with 6000: neither done nor told")
    func answers6000() {
        var company = TestCompany()
        company.requestIDs = .answers6000
        company.post("journalentry", company.journal(), Self.id)
        let second = company.post("journalentry", company.journal(), Self.id)
        #expect(second.code == "6000" && second.detail.contains("Please wait a few minutes and try again"))
        #expect(!second.committed && company.file.documentCount == 2)
    }

    @Test("a refusal is not remembered: the same request may succeed later")
    func refusals() {
        var company = TestCompany()
        #expect(company.post("journalentry", company.journal("-1"), Self.id).code == "2290")
        #expect(company.post("journalentry", company.journal("1"), Self.id).status == 200)
    }

    @Test("remembered for thirty days and no longer")
    func retention() {
        var company = TestCompany()
        company.post("journalentry", company.journal(), Self.id)
        company.now += 30 * 86_400 - 1
        #expect(!company.post("journalentry", company.journal(), Self.id).committed)
        company.now += 1
        #expect(company.post("journalentry", company.journal(), Self.id).committed)
    }

    @Test("in a batch the key is requestid and bId together", arguments: [RequestIDPolicy.honoured, .answers6000])
    func batch(policy: RequestIDPolicy) {
        var company = TestCompany()
        company.requestIDs = policy
        func send(_ bIDs: [String]) -> [JSONValue] {
            let items = bIDs.map {
                "{\"bId\":\"\($0)\",\"operation\":\"create\",\"JournalEntry\":\(company.journal())}"
            }
            let json = "{\"BatchItemRequest\":[\(items.joined(separator: ","))]}"
            let answer = company.post("batch", json, Self.id)
            return (answer.body["BatchItemResponse"]?.items ?? []).sorted {
                ($0["bId"]?.text ?? "") < ($1["bId"]?.text ?? "")
            }
        }
        let first = send(["1", "2"])
        let second = send(["1", "2", "3"])
        #expect(company.file.documentCount == 4)
        switch policy {
        case .honoured: #expect(Array(second.prefix(2)) == first)
        case .answers6000, .ignored: #expect(second.prefix(2).allSatisfy { $0["Fault"] != nil })
        }
        #expect(second.last?["JournalEntry"] != nil)
    }

    @Test("too long an id is 2130: over 50, in a batch over 36, and over 50 together with the bId")
    func lengths() {
        var company = TestCompany()
        func post(_ path: String, _ length: Int, _ json: String) -> AccountingAnswer {
            company.post(path, json, ["requestid": String(repeating: "r", count: length)])
        }
        #expect(post("journalentry", 50, company.journal()).status == 200)
        #expect(post("journalentry", 51, company.journal()).code == "2130")
        #expect(post("journalentry", 0, company.journal()).code == "2130")
        let short =
            "{\"BatchItemRequest\":[{\"bId\":\"1\",\"operation\":\"create\",\"JournalEntry\":\(company.journal())}]}"
        #expect(post("batch", 36, short).body["BatchItemResponse"]?.items?.first?["JournalEntry"] != nil)
        #expect(post("batch", 37, short).code == "2130")
        let long = short.replacing("\"bId\":\"1\"", with: "\"bId\":\"123456789012345\"")
        let fault = post("batch", 36, long).body["BatchItemResponse"]?.items?.first?["Fault"]
        #expect(fault?["Error"]?.items?.first?["code"] == "2130")
    }
}
