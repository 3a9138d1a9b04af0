// SPDX-License-Identifier: Apache-2.0
import Foundation
import Testing

@testable import IntuitSandbox

@Suite("Writing journal entries")
struct JournalWritingTests {
    @Test("a created entry comes back whole, in Intuit's shape")
    func created() throws {
        var company = TestCompany()
        let json = company.journal(
            "62.10", extra: #""DocNumber":"1-77-ABCDE","TxnDate":"2026-06-14","PrivateNote":"Daybook 42","#)
        let answer = company.post("journalentry", json)
        #expect(answer.status == 200 && answer.committed)
        let entry = try #require(answer.body["JournalEntry"])
        #expect(entry["Id"] == "2" && entry["SyncToken"] == "0" && entry["domain"] == "QBO")
        #expect(entry["sparse"] == false && entry["Adjustment"] == false && entry["TotalAmt"] == 0)
        #expect(entry["TxnTaxDetail"] == .object([:]))
        #expect(entry["MetaData"]?["CreateTime"] == "2026-06-15T09:00:00-07:00")
        #expect(entry["CurrencyRef"] == ["value": "USD", "name": "United States Dollar"])
        let lines = try #require(entry["Line"]?.items)
        #expect(lines.compactMap { $0["Id"]?.text } == ["0", "1"])
        #expect(lines[0]["Amount"]?.decimal == Decimal(string: "62.1"))
        let account = lines[0]["JournalEntryLineDetail"]?["AccountRef"]
        #expect(account == ["value": .string(company.account("1050")), "name": "Cash Drawer Store 1"])
        #expect(answer.body["time"] == "2026-06-15T09:00:00.000-07:00")
        #expect(company.get("journalentry/2").body["JournalEntry"] == entry)
    }

    @Test("without a date an entry is of today in Pacific time")
    func today() throws {
        var company = TestCompany()
        company.now = try #require(ISO8601DateFormatter().date(from: "2026-06-16T05:00:00Z"))
        let entry = company.post("journalentry", company.journal()).body["JournalEntry"]
        #expect(entry?["TxnDate"] == "2026-06-15")
        #expect(entry?["DocNumber"] == nil)
    }

    @Test("what a client sends besides, as read-only, blank or numbered text, does no harm")
    func lenient() throws {
        var company = TestCompany()
        // Other people's clients send such defaults for everything.
        let extra =
            #""SyncToken":0,"sparse":false,"domain":"QBO","TotalAmt":0,"ExchangeRate":1,"DocNumber":"","#
            + #""TxnDate":"","PrivateNote":"","MetaData":{},"CurrencyRef":{"value":"","name":"","type":""},"#
        let answer = company.post("journalentry", company.journal(extra: extra))
        #expect(answer.status == 200, "\(answer.detail)")
        #expect(answer.body["JournalEntry"]?["PrivateNote"] == nil)
        let numbered = company.post("journalentry", company.journal(extra: #""DocNumber":1001,"#))
        #expect(numbered.body["JournalEntry"]?["DocNumber"] == "1001")
    }

    @Test("a sparse update changes what was sent, a full one clears what was not")
    func updates() throws {
        var company = TestCompany()
        let id = try company.posted(
            company.journal("20", extra: #""DocNumber":"U-1","PrivateNote":"first","TxnDate":"2026-06-01","#))
        let before = company.balance("1050")
        let sparse = company.post(
            "journalentry", #"{"Id":"\#(id)","SyncToken":"0","sparse":true,"PrivateNote":"second"}"#)
        let entry = sparse.body["JournalEntry"]
        #expect(entry?["PrivateNote"] == "second" && entry?["DocNumber"] == "U-1" && entry?["SyncToken"] == "1")
        #expect(entry?["sparse"] == false && company.balance("1050") == before)
        let full = company.post("journalentry", company.journal("25", extra: #""Id":"\#(id)","SyncToken":"1","#))
        #expect(full.body["JournalEntry"]?["PrivateNote"] == nil)
        #expect(full.body["JournalEntry"]?["DocNumber"] == nil)
        #expect(full.body["JournalEntry"]?["TxnDate"] == "2026-06-01")
        #expect(company.balance("1050") == before + Cents(500))
        #expect(company.query("select * from JournalEntry where DocNumber = 'U-1'").ids(.journalEntry).isEmpty)
        let missing = company.post("journalentry", #"{"Id":"\#(id)","SyncToken":"2","PrivateNote":"x"}"#)
        #expect(missing.code == "2020" && missing.element == "Line")
    }

    @Test("an update or deletion with an old SyncToken is 5010, with none 2020")
    func stale() throws {
        var company = TestCompany()
        let id = try company.posted(company.journal())
        let sparse = #"{"Id":"\#(id)","SyncToken":"0","sparse":true,"PrivateNote":"x"}"#
        #expect(company.post("journalentry", sparse).status == 200)
        let answer = company.post("journalentry", sparse)
        #expect(answer.code == "5010" && answer.message == "Stale Object Error")
        #expect(answer.detail.hasPrefix("Stale Object Error : You and another user were working on this"))
        let delete = ["operation": "delete"]
        #expect(company.post("journalentry", #"{"Id":"\#(id)","SyncToken":"0"}"#, delete).code == "5010")
        #expect(company.post("journalentry", #"{"Id":"\#(id)","sparse":true}"#).element == "SyncToken")
        #expect(company.post("journalentry", #"{"SyncToken":"0"}"#, delete).element == "Id")
        #expect(company.post("journalentry", #"{"Id":"\#(id)","SyncToken":"1"}"#, delete).status == 200)
    }

    @Test("a deleted entry is gone, its number free, its Id never given out again")
    func deleted() throws {
        var company = TestCompany()
        let json = company.journal(extra: #""DocNumber":"D-1","#)
        let id = try company.posted(json)
        let answer = company.post(
            "journalentry", #"{"Id":"\#(id)","SyncToken":"0","ignored":1}"#, ["operation": "delete"])
        #expect(answer.body["JournalEntry"] == ["status": "Deleted", "domain": "QBO", "Id": .string(id)])
        #expect(answer.committed)
        #expect(company.get("journalentry/\(id)").code == "610")
        #expect(company.post("journalentry", #"{"Id":"\#(id)","SyncToken":"1","sparse":true}"#).code == "610")
        #expect(company.query("select * from JournalEntry where Id = '\(id)'").ids(.journalEntry).isEmpty)
        #expect(try company.posted(json) == "3")
    }

    @Test("a company that numbers by itself gives a number to an entry without one")
    func numbering() throws {
        var company = TestCompany()
        company.post(
            "preferences", #"{"Id":"1","SyncToken":"0","sparse":true,"SalesFormsPrefs":{"CustomTxnNumbers":false}}"#)
        #expect(company.post("journalentry", company.journal()).body["JournalEntry"]?["DocNumber"] == "2")
        let given = company.post("journalentry", company.journal(extra: #""DocNumber":"own","#))
        #expect(given.body["JournalEntry"]?["DocNumber"] == "own")
    }

    @Test("classes and departments are dropped while the company does not track them")
    func tracking() throws {
        var company = TestCompany()
        let ref = try #require(company.query("select * from Class").ids(.class).first)
        let extra = #","ClassRef":{"value":"\#(ref)"},"DepartmentRef":{"value":"2"}"#
        let json = "{\"Line\":[\(company.line("1", "Debit", "1050", extra)),\(company.line("1", "Credit", "4000"))]}"
        func detail(_ answer: AccountingAnswer) -> JSONValue? {
            answer.body["JournalEntry"]?["Line"]?.items?.first?["JournalEntryLineDetail"]
        }
        let tracked = detail(company.post("journalentry", json))
        #expect(tracked?["ClassRef"]?["name"] == "Store 1 – Main Street")
        #expect(tracked?["DepartmentRef"]?["name"] == "Harbor")
        company.post(
            "preferences",
            #"{"Id":"1","SyncToken":"0","AccountingInfoPrefs":"#
                + #"{"ClassTrackingPerTxnLine":false,"TrackDepartments":false}}"#
        )
        let untracked = detail(company.post("journalentry", json))
        #expect(untracked?["ClassRef"] == nil && untracked?["DepartmentRef"] == nil)
    }

    @Test("operations outside the matrix are refused by name")
    func matrix() {
        var company = TestCompany()
        let void = company.post("journalentry", #"{"Id":"1","SyncToken":"0"}"#, ["operation": "void"])
        #expect(void.code == "500" && void.detail == "Operation void JournalEntry is not supported.")
        let delete = company.post("account", #"{"Id":"1","SyncToken":"0"}"#, ["operation": "delete"])
        #expect(delete.code == "500" && delete.message == "Unsupported Operation")
        #expect(company.post("companyinfo", #"{"CompanyName":"x"}"#).code == "500")
        #expect(company.get("JournalEntry/1").status == 404)
        #expect(company.get("invoice/1").status == 404)
        #expect(company.get("journalentry/abc").code == "2030")
        #expect(company.call("DELETE", "journalentry/1", [:], nil, []).code == "500")
    }
}
