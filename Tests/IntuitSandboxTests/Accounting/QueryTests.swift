// SPDX-License-Identifier: Apache-2.0
import Foundation
import Testing

@testable import IntuitSandbox

@Suite("The query language")
struct QueryTests {
    /// Five journals on four days, an hour apart, numbered A-1 … A-5; the last has no number.
    static func company() throws -> TestCompany {
        var company = TestCompany()
        let days = ["2026-06-01", "2026-06-02", "2026-06-02", "2026-06-03", "2026-06-04"]
        for (index, day) in days.enumerated() {
            company.now = TestCompany.morning.addingTimeInterval(Double(index) * 3_600)
            let number = index < 4 ? "\"DocNumber\":\"A-\(index + 1)\"," : ""
            _ = try company.posted(company.journal(extra: "\"TxnDate\":\"\(day)\",\(number)"))
        }
        return company
    }

    /// Ids of the five are 2 to 6: the seed's opening journal is 1.
    @Test(
        "finds what was asked for",
        arguments: [
            ("select * from JournalEntry", [1, 2, 3, 4, 5, 6]),
            ("SELECT * FROM journalentry WHERE docnumber = 'A-2'", [3]),
            ("select Id, DocNumber from JournalEntry where DocNumber IN ('A-3','A-1','nope')", [2, 4]),
            ("select * from JournalEntry where Id = '4'", [4]),
            ("select * from JournalEntry where Id in ('6', '1', '99')", [1, 6]),
            ("select * from JournalEntry where Id > '4'", [5, 6]),
            ("select * from JournalEntry where TxnDate = '2026-06-02'", [3, 4]),
            ("select * from JournalEntry where TxnDate = '2026-06-02' and DocNumber = 'A-3'", [4]),
            ("select * from JournalEntry where TxnDate >= '2026-06-02' and TxnDate < '2026-06-04'", [3, 4, 5]),
            ("select * from JournalEntry where TxnDate in ('2026-06-01','2026-06-04')", [2, 6]),
            ("select * from JournalEntry where DocNumber like 'A-%'", [2, 3, 4, 5]),
            ("select * from JournalEntry where DocNumber like '%-2'", [3]),
            ("select * from JournalEntry where DocNumber like '%PEN%'", [1]),
            ("select * from JournalEntry where MetaData.CreateTime > '2026-06-15T10:00:00-07:00'", [4, 5, 6]),
            ("select * from JournalEntry where MetaData.CreateTime >= '2026-06-15T17:00:00Z'", [3, 4, 5, 6]),
            (
                """
                select * from JournalEntry where MetaData.CreateTime >= '2026-06-15T10:00:00-07:00' \
                and MetaData.CreateTime <= '2026-06-15T11:00:00-07:00'
                """, [3, 4]
            ),
            ("select * from JournalEntry where MetaData.CreateTime < '2026-06-15T09:00:00-07:00'", [1]),
            ("select * from JournalEntry where MetaData.LastUpdatedTime > '2026-06-15T12:30:00-07:00'", [6]),
            ("select * from JournalEntry orderby Id desc maxresults 2", [6, 5]),
            ("select * from JournalEntry ORDER BY TxnDate DESC, Id ASC", [6, 5, 3, 4, 2, 1]),
            ("select * from JournalEntry orderby DocNumber desc startposition 2 maxresults 3", [5, 4, 3]),
            ("select * from JournalEntry STARTPOSITION 6", [6]),
            ("select * from JournalEntry startposition 7", []),
            ("select * from JournalEntry where Adjustment = false and TotalAmt = '0' maxresults 2", [1, 2]),
            ("  select\n *\tfrom JournalEntry\n where Id='2' ", [2]),
        ])
    func finds(text: String, ids: [Int]) throws {
        var company = try Self.company()
        let answer = company.query(text)
        #expect(answer.status == 200, "\(answer.detail)")
        #expect(!answer.committed)
        #expect(answer.ids(.journalEntry) == ids.map(String.init))
    }

    @Test(
        "finds names, and hides inactive ones unless asked",
        arguments: [
            (EntityKind.account, "select * from Account where AcctNum = '4999'", [String]()),
            (.account, "select * from Account where AcctNum = '4999' and Active = false", ["4999"]),
            (
                .account, "select * from Account where AcctNum in ('4999','4000') and Active in (true,false)",
                ["4000", "4999"]
            ),
            (
                .account, "select * from Account where Name = 'Old Rental Income (deleted)' and Active = 'false'",
                ["4999"]
            ),
            (.account, "select * from Account where Name = 'Owner\\'s Equity'", ["3100"]),
            (.account, "select * from Account where AccountType = 'Bank'", ["1000", "1010"]),
            (
                .account,
                "select * from Account where Classification = 'Revenue' and Name like 'Rental%' orderby AcctNum desc",
                ["4040", "4030", "4020", "4010", "4000"]
            ),
            (.account, "select * from Account where CurrentBalance > '1000000'", ["1500"]),
        ])
    func accounts(kind: EntityKind, text: String, numbers: [String]) {
        var company = TestCompany()
        let answer = company.query(text)
        #expect(answer.status == 200, "\(answer.detail)")
        #expect(answer.found(kind).compactMap { $0["AcctNum"]?.text } == numbers)
    }

    @Test(
        "what cannot be read is 4000",
        arguments: [
            "", "select", "select * JournalEntry", "select * from JournalEntry where",
            "update JournalEntry set Id = '1'",
            "select * from JournalEntry where Id = 5", "select * from JournalEntry where Id = \"5\"",
            "select * from JournalEntry where Id = '5' or Id = '6'", "select * from JournalEntry where not Id = '5'",
            "select * from JournalEntry where Id != '5'", "select * from JournalEntry where DocNumber = 'it''s'",
            "select * from JournalEntry where DocNumber = 'open", "select * from JournalEntry where Id in ()",
            "select * from JournalEntry where Id in ('1'", "select * from JournalEntry group by Id",
            "select * from JournalEntry, Account", "select * from JournalEntry maxresults 'x'",
            "select * from JournalEntry maxresults 5 startposition 1", "select * from JournalEntry;",
            "select count(Id) from JournalEntry", "select * from JournalEntry where Id between '1'",
        ])
    func unreadable(text: String) {
        var company = TestCompany()
        let answer = company.query(text)
        #expect(answer.status == 400 && answer.code == "4000", "\(answer.code ?? "no fault")")
        #expect(answer.message == "Error parsing query")
        #expect(answer.detail.hasPrefix("QueryParserError: Encountered \" "))
    }

    @Test("a parse error says where")
    func place() {
        var company = TestCompany()
        let detail = company.query("select * from JournalEntry whre TxnDate = '2026-01-01'").detail
        #expect(detail == "QueryParserError: Encountered \" <IDENTIFIER> \"whre \"\" at line 1, column 28.")
    }

    @Test(
        "what can be read but not answered is 4001",
        arguments: [
            ("select * from JournalEntry maxresults 0", "value 0 is too small. Min allowed value is 1"),
            ("select * from JournalEntry startposition 0", "value 0 is too small. Min allowed value is 1"),
            ("select * from JournalEntry where PrivateNote = 'x'", "property 'PrivateNote' is not queryable"),
            ("select * from JournalEntry where Line.Amount = '1'", "property 'Line.Amount' is not queryable"),
            (
                "select * from JournalEntry where Line.JournalEntryLineDetail.AccountRef = '1'",
                "property 'Line.JournalEntryLineDetail.AccountRef' is not queryable"
            ),
            ("select * from JournalEntry orderby PrivateNote", "property 'PrivateNote' is not queryable"),
            ("select * from JournalEntry where Foo = 'x'", "Property Foo not found for Entity JournalEntry"),
            ("select Foo from JournalEntry", "Property Foo not found for Entity JournalEntry"),
            ("select * from Unicorn", "Invalid context declaration: Unicorn"),
            ("select * from JournalEntry where TxnDate = 'June'", "value 'June' is not valid for property 'TxnDate'"),
            ("select * from JournalEntry where Id = 'abc'", "value 'abc' is not valid for property 'Id'"),
            ("select * from Account where Active = 'perhaps'", "value 'perhaps' is not valid for property 'Active'"),
            ("select * from JournalEntry where Id like '1%'", "operator LIKE is not supported for property 'Id'"),
        ])
    func invalid(text: String, reason: String) {
        var company = TestCompany()
        let answer = company.query(text)
        #expect(answer.status == 400 && answer.code == "4001")
        #expect(answer.message == "Invalid query")
        #expect(answer.detail == "QueryValidationError: \(reason)")
    }

    @Test("counting, empty answers and the page's figures have Intuit's shape")
    func shapes() throws {
        var company = try Self.company()
        #expect(company.query("select count(*) from JournalEntry").body["QueryResponse"] == ["totalCount": 6])
        #expect(company.query("select count(*) from Account").body["QueryResponse"]?["totalCount"]?.decimal == 66)
        let none = company.query("select * from JournalEntry where DocNumber = 'none'")
        #expect(none.body["QueryResponse"] == .object([:]) && none.status == 200)
        let page = company.query("select * from JournalEntry startposition 2 maxresults 3").body["QueryResponse"]
        #expect(page?["startPosition"] == 2 && page?["maxResults"] == 3)
        #expect(company.query("select * from Preferences").found(.preferences).count == 1)
        #expect(
            company.query("select * from CompanyInfo").found(.companyInfo).first?["CompanyName"]
                == "Three Rivers Rental")
    }

    @Test("a page holds 100 unless asked, and never more than 1000")
    func pages() throws {
        var company = TestCompany()
        let json = company.journal()
        for _ in 0..<1_050 { _ = try company.posted(json) }
        #expect(company.query("select * from JournalEntry").found(.journalEntry).count == 100)
        #expect(company.query("select * from JournalEntry maxresults 5000").found(.journalEntry).count == 1_000)
        let rest = company.query("select * from JournalEntry orderby Id startposition 1001 maxresults 1000")
        #expect(rest.found(.journalEntry).count == 51)
    }

    @Test("a query may be posted as text, and only as text")
    func posted() {
        var company = TestCompany()
        let body = Array("select * from Class".utf8)
        #expect(company.call("POST", "query", [:], "application/text", body).found(.class).count == 3)
        #expect(company.call("POST", "query", [:], "text/plain; charset=utf-8", body).found(.class).count == 3)
        #expect(company.call("POST", "query", [:], "application/json", body).code == "1050")
        #expect(company.get("query").code == "2020")
    }

    @Test(
        "LIKE",
        arguments: [
            ("abc", "abc", true), ("abc", "abcd", false), ("a%", "abc", true), ("%c", "abc", true),
            ("a%c", "abc", true),
            ("a%b%c", "axxbyyc", true), ("%b%", "abc", true), ("%", "", true), ("a%a", "a", false),
            ("%x%", "abc", false),
            ("AB%", "abc", true),
        ])
    func like(pattern: String, text: String, matches: Bool) {
        #expect(LikePattern(pattern).matches(text) == matches)
    }
}
