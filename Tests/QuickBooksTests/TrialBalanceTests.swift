// SPDX-License-Identifier: Apache-2.0
import Foundation
import QuickBooks
import Testing

@Suite("The trial balance")
struct TrialBalanceTests {
    /// Nested as the reports service of 2026 nests: a parent with postings of its own, columns in
    /// another order and case, empty cells for zero.
    static let nested = """
        {"Header":{"ReportName":"TrialBalance","ReportBasis":"Accrual","StartPeriod":"2026-11-01",
        "EndPeriod":"2026-11-22","Currency":"USD","Option":[{"Name":"NoReportData","Value":"false"}]},
        "Columns":{"Column":[{"ColTitle":"CREDIT","ColType":"Money"},{"ColTitle":"","ColType":"Account"},
        {"ColTitle":"debit","ColType":"Money"}]},
        "Rows":{"Row":[
        {"ColData":[{"value":""},{"value":"Checking","id":"35"},{"value":"4151.74"}]},
        {"type":"Section","Header":{"ColData":[{"value":""},{"value":"Equipment","id":"40"},{"value":"10.26"}]},
         "Rows":{"Row":[{"type":"Data","ColData":[{"value":""},{"value":"Lifts","id":"41"},{"value":"0.10"}]},
          {"type":"Section","Rows":{"Row":[{"ColData":[{"value":"0.20"},{"value":"Wear","id":"42"},{"value":""}]}]}}]},
         "Summary":{"ColData":[{"value":"0.20"},{"value":"Total for Equipment"},{"value":"10.36"}]}},
        {"ColData":[{"value":"4161.90"},{"value":"Rental income","id":"79"},{"value":""}]},
        {"group":"GrandTotal","type":"Section",
         "Summary":{"ColData":[{"value":"4162.10"},{"value":"TOTAL"},{"value":"4162.10"}]}}]}}
        """

    @Test("columns are found by title, rows at any depth, empty cells are zero")
    func nested() throws {
        let balance = try TrialBalance(Report(parsing: Array(Self.nested.utf8)))
        #expect(balance.lines.map(\.accountID) == ["35", "40", "41", "42", "79"])
        #expect(balance.lines.reduce(0) { $0 + $1.debit } == balance.totalDebit)
        #expect(balance.lines.reduce(0) { $0 + $1.credit } == balance.totalCredit)
        #expect(balance.totalDebit == Decimal(string: "4162.10"))
        #expect(balance.endPeriod == LedgerDate("2026-11-22"))
    }

    @Test("a report without data has no lines")
    func empty() throws {
        let body = """
            {"Header":{"ReportName":"TrialBalance"},"Columns":{"Column":[{"ColTitle":"","ColType":"Account"},
            {"ColTitle":"Debit","ColType":"Money"},{"ColTitle":"Credit","ColType":"Money"}]},"Rows":{}}
            """
        let balance = try TrialBalance(Report(parsing: Array(body.utf8)))
        #expect(balance.lines.isEmpty && balance.totalDebit == nil)
    }

    @Test(
        "a cell that isn't an amount, or a missing column, is never taken for zero",
        arguments: [
            ("4151.74", "4,151.74"), ("4151.74", "12abc"), ("4151.74", "1."), ("4151.74", "--1"), ("debit", "dr"),
        ])
    func unreadable(good: String, bad: String) {
        let body = Array(Self.nested.replacing(good, with: bad).utf8)
        let error = #expect(throws: QuickBooksError.self) { try TrialBalance(Report(parsing: body)) }
        #expect(error?.code == .unreadableAnswer)
    }
}
