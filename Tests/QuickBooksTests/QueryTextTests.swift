// SPDX-License-Identifier: Apache-2.0
import Foundation
import QuickBooks
import Testing

@Suite("Queries")
struct QueryTextTests {
    @Test("conditions, order and page stand in the language's order")
    func whole() throws {
        let day = try #require(LedgerDate("2026-11-22"))
        let query = QueryText(JournalEntry.self)
            .where(.docNumber, .isIn([.text("a"), .text("b")]))
            .where(.txnDate, .equals(.date(day)))
            .where(.createTime, .isAtLeast(.moment(Date(timeIntervalSince1970: 1_700_000_000.9))))
            .ordered(by: .id).ordered(by: .txnDate, descending: true)
            .page(from: 0, size: 5000)
        #expect(
            query.text == "SELECT * FROM JournalEntry WHERE DocNumber IN ('a', 'b') AND TxnDate = '2026-11-22' "
                + "AND MetaData.CreateTime >= '2023-11-14T22:13:20+00:00' ORDERBY Id, TxnDate DESC "
                + "STARTPOSITION 1 MAXRESULTS 1000")
        #expect(query.countText.hasPrefix("SELECT COUNT(*) FROM JournalEntry WHERE DocNumber IN ('a', 'b') AND"))
        #expect(
            QueryText(CompanyClass.self).where(.active, .isIn([.flag(true), .flag(false)])).text
                == "SELECT * FROM Class WHERE Active IN (true, false)")
    }

    @Test(
        "no value can leave its quotes",
        arguments: [
            ("O'Brien", #"'O\'Brien'"#), (#"a\"#, #"'a\\'"#), (#"\' OR Id > '0"#, #"'\\\' OR Id > \'0'"#), ("", "''"),
            ("ü % _", "'ü % _'"),
        ])
    func escaping(value: String, literal: String) {
        #expect(QueryText(Customer.self).where(.displayName, .equals(.text(value))).text.hasSuffix("= \(literal)"))
    }

    @Test(
        "a date is a day of the calendar",
        arguments: [
            ("2026-02-28", true), ("2024-02-29", true), ("2026-02-29", false), ("1900-02-29", false),
            ("2026-13-01", false), ("2026-04-31", false), ("2026-01-01-08:00", true), ("2026-1-1", false),
            ("20260101", false), ("2026-01-011", false),
        ])
    func dates(text: String, isValid: Bool) {
        #expect((LedgerDate(text) != nil) == isValid)
        if isValid { #expect(LedgerDate(text)?.description == String(text.prefix(10))) }
    }
}
