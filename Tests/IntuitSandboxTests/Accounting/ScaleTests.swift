// SPDX-License-Identifier: Apache-2.0
import Foundation
import Testing

@testable import IntuitSandbox

@Suite("A large company")
struct ScaleTests {
    /// Three thousand entries, S-0 … S-2999, a hundred a day and a hundred a minute.
    private static func company() throws -> TestCompany {
        var company = TestCompany()
        for number in 0..<3_000 {
            let day = CalendarDay(number: CalendarDay(year: 2026, month: 5, day: 1).number + number / 100)
            company.now = TestCompany.morning.addingTimeInterval(Double(number / 100) * 60)
            let extra = #""DocNumber":"S-\#(number)","TxnDate":"\#(day.text)","#
            _ = try company.posted(company.journal(extra: extra))
        }
        return company
    }

    @Test("a look by an indexed property examines only what it can find")
    func indexes() throws {
        let company = try Self.company()
        let shelf = company.file.books.shelf(.journalEntry)
        let looks: [(String, Int)] = [
            ("DocNumber = 'S-77'", 1), ("TxnDate = '2026-05-03' and DocNumber = 'S-250'", 1),
            ("DocNumber in ('S-1','S-2','S-3','none')", 3), ("Id in ('5','6')", 2), ("TxnDate = '2026-05-03'", 100),
            ("TxnDate >= '2026-05-03' and TxnDate < '2026-05-05'", 200),
            ("MetaData.CreateTime > '2026-06-15T09:28:00-07:00'", 100),
            (
                "MetaData.CreateTime >= '2026-06-15T09:10:00-07:00'"
                    + " and MetaData.CreateTime < '2026-06-15T09:12:00-07:00'",
                200
            ),
        ]
        for (condition, count) in looks {
            let query = try QueryParser.parse("select * from JournalEntry where \(condition)")
            let tests = try query.conditions.map { try QueryTest($0, of: .journalEntry) }
            #expect(Candidates(shelf: shelf).ids(for: tests).count == count, "\(condition)")
        }
        let account = try QueryTest(.init(property: "AcctNum", comparison: .equal, values: ["1000"]), of: .account)
        #expect(Candidates(shelf: company.file.books.shelf(.account)).ids(for: [account]).count == 1)
    }

    @Test("after deletions the indexes hold what is left and nothing else")
    func deletions() throws {
        var company = try Self.company()
        for id in stride(from: 2, through: 3_001, by: 3) {
            let body = #"{"Id":"\#(id)","SyncToken":"0"}"#
            #expect(company.post("journalentry", body, ["operation": "delete"]).status == 200)
        }
        let shelf = company.file.books.shelf(.journalEntry)
        #expect(shelf.count == 2_001 && shelf.ids == shelf.ids.sorted() && shelf.ids.count == 2_001)
        #expect(shelf.byNumber.keys.count == 2_001)
        #expect(shelf.byDay.keys.map { shelf.byDay[$0].count }.reduce(0, +) == 2_001)
    }
}
