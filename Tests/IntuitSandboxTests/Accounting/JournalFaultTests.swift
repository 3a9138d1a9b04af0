// SPDX-License-Identifier: Apache-2.0
import Foundation
import Testing

@testable import IntuitSandbox

@Suite("Refusals of a journal entry")
struct JournalFaultTests {
    struct Case: Sendable, CustomStringConvertible {
        let description: String
        let code: String
        let says: String
        let json: @Sendable (TestCompany) -> String

        init(_ description: String, _ code: String, _ says: String, _ json: @escaping @Sendable (TestCompany) -> String)
        {
            self.description = description
            self.code = code
            self.says = says
            self.json = json
        }
    }

    private static func lines(_ company: TestCompany, _ first: String, _ second: String? = nil) -> String {
        "{\"Line\":[\(first),\(second ?? company.line("10", "Credit", "4000"))]}"
    }

    static let cases: [Case] = [
        Case("cut JSON", "2010", "failed to parse json object") { String($0.journal().dropLast(4)) },
        Case("no object", "2010", "the body must be one object") { _ in "[]" },
        Case("unknown property", "2010", "Unrecognized field \"Colour\"") { $0.journal(extra: #""Colour":"red","#) },
        Case(
            "unknown property in a line", "2010",
            "Unrecognized field \"Nope\" (class com.intuit.schema.finance.v3.Line)"
        ) {
            lines($0, #"{"Nope":1,"DetailType":"DescriptionOnly"}"#)
        },
        Case("no lines at all", "2020", "Required parameter Line is missing in the request") { _ in "{}" },
        Case("line without amount", "2020", "Required parameter Line.Amount is missing") {
            lines($0, $0.line("10", "Debit", "1050").replacing("\"Amount\":10,", with: ""))
        },
        Case("line without account", "2020", "Line.JournalEntryLineDetail.AccountRef is missing") {
            lines(
                $0,
                #"{"DetailType":"JournalEntryLineDetail","Amount":1,"JournalEntryLineDetail":{"PostingType":"Debit"}}"#)
        },
        Case("line without posting type", "2260", "Line.JournalEntryLineDetail.PostingType is missing") {
            lines($0, $0.line("10", "Debit", "1050").replacing("\"PostingType\":\"Debit\",", with: ""))
        },
        Case("party without reference", "2020", "Entity.EntityRef is missing") {
            lines($0, $0.line("10", "Debit", "1100", #","Entity":{"Type":"Customer"}"#))
        },
        Case("number too long", "2050", "Min:0, Max:21, Supplied length:22") {
            $0.journal(extra: #""DocNumber":"1234567890123456789012","#)
        },
        Case("note too long", "2050", "Min:0, Max:4000, Supplied length:4001") {
            $0.journal(extra: "\"PrivateNote\":\"\(String(repeating: "n", count: 4_001))\",")
        },
        Case("date in another order", "2060", "TxnDate must be a date") {
            $0.journal(extra: #""TxnDate":"6/15/2026","#)
        },
        Case("no such day", "2070", "TxnDate is not a day") { $0.journal(extra: #""TxnDate":"2026-02-29","#) },
        Case("amount as text", "2080", "Line.Amount must be a number") { $0.journal("\"10.00\"") },
        Case("three decimals", "2140", "Line.Amount has more than two decimals") { $0.journal("10.001") },
        Case("beyond the largest amount", "2240", "99,999,999,999") { $0.journal("100000000000") },
        Case("unknown posting type", "2170", "Invalid Enumeration") {
            lines($0, $0.line("10", "Debet", "1050"))
        },
        Case("unknown party type", "2170", "Invalid Enumeration") {
            lines($0, $0.line("10", "Debit", "1100", #","Entity":{"Type":"Martian","EntityRef":{"value":"1"}}"#))
        },
        Case("another currency", "2220", "home currency USD") { $0.journal(extra: #""CurrencyRef":{"value":"EUR"},"#) },
        Case("negative amount", "2290", "zero or greater") { $0.journal("-10") },
        Case("debits differ from credits", "2300", "Debits are 11.00, credits are 10.00") {
            lines($0, $0.line("11", "Debit", "1050"))
        },
        Case("account that is none", "2030", "Supplied value:none") { lines($0, $0.line("10", "Debit", "9999")) },
        Case("account that does not exist", "2500", "Invalid Reference Id : Accounts element id 999 not found") {
            lines($0, $0.line("10", "Debit", "1050").replacing("\"\($0.account("1050"))\"", with: "\"999\""))
        },
        Case("class that does not exist", "2500", "Classes element id 7 not found") {
            lines($0, $0.line("10", "Debit", "1050", #","ClassRef":{"value":"7"}"#))
        },
        Case("inactive account", "610", "has been made inactive") { lines($0, $0.line("10", "Debit", "4999")) },
        Case("null reference", "6000", "Unexpected Internal Error. (-30000)") {
            lines($0, $0.line("10", "Debit", "1050", #","ClassRef":null"#))
        },
        Case("one line", "6000", "Fill out at least two detail lines to continue.") {
            "{\"Line\":[\($0.line("0", "Debit", "1050"))]}"
        },
        Case("receivable without customer", "6000", "When you use Accounts Receivable, you must choose a customer") {
            lines($0, $0.line("10", "Debit", "1100"))
        },
        Case("receivable with a vendor", "6000", "When you use Accounts Receivable, you must choose a customer") {
            lines($0, $0.line("10", "Debit", "1100", #","Entity":{"Type":"Vendor","EntityRef":{"value":"1"}}"#))
        },
        Case("payable without vendor", "6000", "When you use Accounts Payable, you must choose a vendor") {
            lines($0, $0.line("10", "Debit", "2000"))
        },
        Case("nothing but zeros", "6000", "You must set a transaction amount.") { $0.journal("0") },
    ]

    @Test("each has its code and its words", arguments: cases)
    func refusal(_ item: Case) {
        var company = TestCompany()
        let count = company.file.documentCount
        let answer = company.post("journalentry", item.json(company))
        #expect(answer.status == 400)
        #expect(answer.code == item.code, "\(answer.code ?? "none"): \(answer.detail)")
        #expect(answer.detail.contains(item.says), "\(answer.detail)")
        #expect(answer.body["Fault"]?["type"] == "ValidationFault")
        #expect(answer.body["time"]?.text?.hasSuffix("-07:00") == true)
        #expect(!answer.committed && company.file.documentCount == count)
    }

    @Test("of several mistakes the first by Intuit's order is reported, one at a time")
    func order() {
        var company = TestCompany()
        let bad =
            #"{"DetailType":"JournalEntryLineDetail","Amount":10,"JournalEntryLineDetail":"#
            + #"{"AccountRef":{"value":"999"},"PostingType":"Debit","ClassRef":{"value":"8"}}}"#
        var members = [
            "\"Colour\":1", "\"TxnDate\":\"soon\"", "\"DocNumber\":\"1234567890123456789012\"", "\"Line\":[\(bad)]",
        ]
        var codes: [String] = []
        for repair in 0..<5 {
            let answer = company.post("journalentry", "{\(members.joined(separator: ","))}")
            codes.append(answer.code ?? "none")
            #expect(answer.body["Fault"]?["Error"]?.items?.count == 1)
            switch repair {
            case 0: members[0] = "\"Adjustment\":false"
            case 1: members[1] = "\"TxnDate\":\"2026-06-01\""
            case 2: members[2] = "\"DocNumber\":\"D-1\""
            case 3: members[3] = "\"Line\":[\(company.line("10", "Debit", "4999"))]"
            default: break
            }
        }
        #expect(codes == ["2010", "2060", "2050", "2500", "610"])
    }

    @Test("bytes that are not UTF-8 are a 500, another content type is 1050")
    func bytes() {
        var company = TestCompany()
        let answer = company.call("POST", "journalentry", [:], "application/json", [0x7B, 0x22, 0xFF, 0x22, 0x7D])
        #expect(answer.status == 500 && answer.detail.contains("MalformedByteSequence"))
        #expect(company.call("POST", "journalentry", [:], "application/xml", Array("<x/>".utf8)).code == "1050")
    }

    @Test("a number in use is 6140 with the Id of its owner, unless the caller or the company allows it")
    func duplicates() throws {
        var company = TestCompany()
        let json = company.journal(extra: #""DocNumber":"1-5001-ABCDE","#)
        let id = try company.posted(json)
        let answer = company.post("journalentry", json)
        #expect(answer.code == "6140" && answer.element == "DocNumber")
        #expect(
            answer.detail == "Duplicate Document Number Error : You must specify a different number. This number has"
                + " already been used. DocNumber=1-5001-ABCDE is assigned to TxnType=Journal Entry with TxnId=\(id)")
        #expect(company.post("journalentry", json, ["include": "allowduplicatedocnum"]).status == 200)
        let off =
            #"{"Id":"1","SyncToken":"0","sparse":true,"OtherPrefs":"#
            + #"{"NameValue":[{"Name":"WarnDuplicateJournalNumber","Value":"false"}]}}"#
        #expect(company.post("preferences", off).status == 200)
        #expect(company.post("journalentry", json).status == 200)
    }

    @Test("a closed period takes nothing, changes nothing and gives nothing back")
    func closing() throws {
        var company = TestCompany()
        let early = try company.posted(company.journal(extra: #""TxnDate":"2026-05-31","#))
        let late = try company.posted(company.journal(extra: #""TxnDate":"2026-06-01","#))
        company.post(
            "preferences",
            #"{"Id":"1","SyncToken":"0","sparse":true,"AccountingInfoPrefs":{"BookCloseDate":"2026-05-31"}}"#)
        let there = company.journal(extra: #""TxnDate":"2026-05-31","#)
        #expect(company.post("journalentry", there).code == "6200")
        #expect(company.post("journalentry", company.journal(extra: #""TxnDate":"2026-06-01","#)).status == 200)
        let delete = ["operation": "delete"]
        #expect(company.post("journalentry", #"{"Id":"\#(early)","SyncToken":"0"}"#, delete).code == "6200")
        let back = #"{"Id":"\#(late)","SyncToken":"0","sparse":true,"TxnDate":"2026-05-30"}"#
        #expect(company.post("journalentry", back).code == "6200")
        let forth = #"{"Id":"\#(early)","SyncToken":"0","sparse":true,"TxnDate":"2026-06-30"}"#
        #expect(company.post("journalentry", forth).code == "6200")
        company.file.books.closingPasswordIsSet = true
        let answer = company.post("journalentry", there)
        #expect(answer.code == "6210" && answer.detail.contains("cannot be updated through the QBO Services API"))
        company.post("preferences", #"{"Id":"1","SyncToken":"1","AccountingInfoPrefs":{"BookCloseDate":""}}"#)
        #expect(company.post("journalentry", there).status == 200)
    }

    @Test("a lapsed subscription reads and does not write")
    func subscription() throws {
        var company = TestCompany()
        company.file.subscriptionIsActive = false
        let answer = company.post("journalentry", company.journal())
        #expect(answer.code == "6190" && answer.message == "Invalid Company Status")
        #expect(company.get("companyinfo/9341453908059321").status == 200)
        let item = #"{"BatchItemRequest":[{"bId":"1","operation":"create","JournalEntry":\#(company.journal())}]}"#
        let fault = company.post("batch", item).body["BatchItemResponse"]?.items?.first?["Fault"]
        #expect(fault?["Error"]?.items?.first?["code"] == "6190")
    }
}
